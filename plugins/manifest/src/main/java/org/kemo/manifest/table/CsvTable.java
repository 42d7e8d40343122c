package org.kemo.manifest.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.data.LineFile;
import org.kemo.api.data.LineFile.Line;

/**
 * Reads CSV (RFC 4180) with a header, such that a bad record costs no other: where no good record begins at a line, the line is a
 * problem and reading goes on at the next one. A reader of whole files would take an open quote for the beginning of a field
 * that swallows what follows.
 */
public final class CsvTable {
    private final Path file;
    private final char delimiter;
    private final List<Line> lines;

    private CsvTable(Path file, char delimiter) {
        this.file = file;
        this.delimiter = delimiter;
        this.lines = LineFile.read(file);
    }

    /**
     * Reads all records.
     *
     * @param delimiter what parts the fields
     * @throws KemoException category INPUT, where the file cannot be read or its header is not one
     */
    public static Table read(Path file, char delimiter) {
        return new CsvTable(file, delimiter).table();
    }

    /**
     * Checks what is to part the fields: one character, or none where the file's ending decides.
     *
     * @throws KemoException category CONFIGURATION, where it is longer, a quote or a line break
     */
    public static void requireDelimiter(String delimiter) {
        if (delimiter.length() > 1) {
            throw KemoException.configuration(
                    "The delimiter [" + delimiter + "] is longer than one character.", "Use one, such as \";\".");
        }
        if (!delimiter.isEmpty() && "\"\r\n".contains(delimiter)) {
            throw KemoException.configuration(
                    "The delimiter [" + delimiter + "] cannot part fields.",
                    "Use another than a quote and a line break, such as \";\".");
        }
    }

    private Table table() {
        int top = pastBlank(0);
        Attempt header = top < lines.size() ? attempt(top, Optional.empty()) : Attempt.failed("it is empty");
        if (header.fields().isEmpty()) {
            throw KemoException.input(
                    "The file [" + file + "] has no header: " + header.flaw() + ".",
                    "Let the first line name the columns, for example id,audio,text,label.");
        }
        List<String> columns = header.fields().get().stream().map(String::strip).toList();
        if (Set.copyOf(columns).size() < columns.size()) {
            throw KemoException.input(
                    "The header " + columns + " of [" + file + "] names a column twice.", "Name each column once.");
        }
        if (columns.size() == 1) {
            requireParted(columns.get(0));
        }
        List<Table.Row> rows = new ArrayList<>();
        List<Table.Problem> problems = new ArrayList<>();
        int at = pastBlank(header.end());
        while (at < lines.size()) {
            int number = lines.get(at).number();
            Attempt record = attempt(at, Optional.of(columns.size()));
            if (record.fields().isPresent()) {
                rows.add(new Table.Row(number, values(columns, record.fields().get())));
                at = pastBlank(record.end());
            } else {
                problems.add(new Table.Problem(number, record.flaw()));
                at = pastBlank(at + 1);
            }
        }
        return new Table(columns, rows, problems);
    }

    /** One column that holds what usually parts several was most likely meant as several. */
    private void requireParted(String column) {
        for (char other : new char[] {',', ';', '\t'}) {
            if (other != delimiter && column.indexOf(other) >= 0) {
                throw KemoException.input(
                        "The header [" + column + "] of [" + file + "] is one column: nothing in it is parted by ["
                                + shown(delimiter) + "].",
                        "Set [delimiter: \"" + shown(other) + "\"], or part the columns by [" + shown(delimiter)
                                + "].");
            }
        }
    }

    private static String shown(char delimiter) {
        return delimiter == '\t' ? "\\t" : String.valueOf(delimiter);
    }

    private int pastBlank(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).text().filter(String::isBlank).isPresent()) {
            at++;
        }
        return at;
    }

    /** Reads the record that begins at a line, over as many lines as its quotes are open. */
    private Attempt attempt(int from, Optional<Integer> columns) {
        StringBuilder text = new StringBuilder();
        Optional<String> flaw = Optional.empty();
        boolean open = false;
        for (int at = from; at < lines.size(); at++) {
            Optional<String> line = lines.get(at).text();
            if (line.isEmpty()) {
                return Attempt.failed(flaw.orElse("the bytes are not UTF-8; save the file as UTF-8"));
            }
            text.append(at > from ? "\n" : "").append(line.get());
            open ^= line.get().chars().filter(c -> c == '"').count() % 2 == 1;
            if (open && at > from) {
                continue;
            }
            Attempt record = parse(text.toString(), columns, at + 1);
            if (record.fields().isPresent()) {
                return record;
            }
            flaw = flaw.or(() -> Optional.of(record.flaw()));
            if (!open) {
                break;
            }
        }
        return Attempt.failed(flaw.orElseThrow());
    }

    private Attempt parse(String text, Optional<Integer> columns, int end) {
        try {
            List<CsvRecord> records = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text)
                    .stream()
                    .toList();
            if (records.size() > 1) {
                return Attempt.failed("a carriage return stands outside quotes; end lines with LF or CRLF");
            }
            List<String> fields = records.get(0).getFields();
            if (columns.isPresent() && fields.size() != columns.get()) {
                return Attempt.failed(
                        "the line has [" + fields.size() + "] fields where the header has [" + columns.get() + "]");
            }
            return new Attempt(Optional.of(fields), end, "");
        } catch (CsvParseException e) {
            return Attempt.failed("a quote is not closed, or not followed by [" + delimiter + "]");
        }
    }

    private static Map<String, String> values(List<String> columns, List<String> fields) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), fields.get(i));
        }
        return values;
    }

    /**
     * What came of reading a record.
     *
     * @param fields where it is good
     * @param end the index of the line after it
     * @param flaw what is wrong where it is not
     */
    private record Attempt(Optional<List<String>> fields, int end, String flaw) {
        static Attempt failed(String flaw) {
            return new Attempt(Optional.empty(), 0, flaw);
        }
    }
}
