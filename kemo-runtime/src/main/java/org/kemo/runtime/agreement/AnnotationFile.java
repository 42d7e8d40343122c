package org.kemo.runtime.agreement;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.runtime.text.NearestName;

/**
 * Reads annotations from CSV (RFC 4180, UTF-8) with a header. Unlike a data set, of which a bad line costs only itself, a table of which
 * a line is bad is refused: a figure of agreement over what happened to be readable is worth nothing.
 */
public final class AnnotationFile {
    private final Path file;
    private final Set<String> missing;
    private final List<String> columns;
    private final List<CsvRecord> rows;

    private AnnotationFile(Path file, char delimiter, Set<String> missing) {
        this.file = file;
        this.missing = missing;
        List<CsvRecord> records = records(file, delimiter);
        if (records.isEmpty()) {
            throw KemoException.input(
                    "The file [" + file + "] is empty.",
                    "Let the first line name the columns, and give a row or more.");
        }
        this.columns = records.get(0).getFields().stream().map(String::strip).toList();
        if (Set.copyOf(columns).size() < columns.size()) {
            throw KemoException.input(
                    "The header " + columns + " of [" + file + "] names a column twice.", "Name each column once.");
        }
        this.rows = records.subList(1, records.size());
    }

    /**
     * Reads a file. Where all labels are numbers, 1 and 1.0 are the same.
     *
     * @param delimiter what parts the fields
     * @param missing what stands for a label that was not given, beside an empty field
     * @throws KemoException category INPUT, where the file cannot be read or a row says what cannot be; category CONFIGURATION, where it has
     *     no such column or the delimiter parts no fields
     */
    public static Annotations read(Path file, char delimiter, Set<String> missing, AnnotationLayout layout) {
        AnnotationFile annotations = new AnnotationFile(file, delimiter, missing);
        return layout instanceof AnnotationLayout.RaterColumns columns
                ? annotations.raterColumns(columns)
                : annotations.labelRows((AnnotationLayout.LabelRows) layout);
    }

    private static List<CsvRecord> records(Path file, char delimiter) {
        if ("\"\r\n".indexOf(delimiter) >= 0) {
            throw KemoException.configuration(
                    "The delimiter [" + delimiter + "] cannot part fields.",
                    "Give another than a quote and a line break, such as [;].");
        }
        if (!Files.isRegularFile(file)) {
            throw KemoException.input("There is no file [" + file + "].", "Check the path.");
        }
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(withoutMark(Files.readString(file)))) {
            List<CsvRecord> records = reader.stream().toList();
            for (CsvRecord each : records) {
                int fields = records.get(0).getFieldCount();
                if (each.getFieldCount() != fields) {
                    throw KemoException.input(
                            "Line [" + each.getStartingLineNumber() + "] of [" + file + "] has [" + each.getFieldCount()
                                    + "] fields where the header has [" + fields + "].",
                            "Mend the line; a field that holds [" + delimiter + "] stands in quotes.");
                }
            }
            return records;
        } catch (CharacterCodingException e) {
            throw KemoException.input("The bytes of [" + file + "] are not UTF-8.", "Save the file as UTF-8.")
                    .causedBy(e);
        } catch (CsvParseException e) {
            throw KemoException.input(
                            "The file [" + file + "] is not CSV: [" + e.getMessage() + "].",
                            "Close every quote, and let [" + delimiter + "] or the end of the line follow it.")
                    .causedBy(e);
        } catch (IOException e) {
            throw KemoException.input("The file [" + file + "] cannot be read.", "Check that it may be read.")
                    .causedBy(e);
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Annotations raterColumns(AnnotationLayout.RaterColumns layout) {
        Set<String> raters = new LinkedHashSet<>(layout.raters());
        if (raters.size() < layout.raters().size()) {
            throw KemoException.configuration(
                    "The raters " + layout.raters() + " name a column twice.", "Name each rater once.");
        }
        List<Integer> labels = raters.stream().map(this::column).toList();
        Optional<Integer> item = layout.item().map(this::column);
        Optional<Integer> reference = layout.reference().map(this::column);
        Map<String, Long> lines = new HashMap<>();
        List<Annotations.Item> items = new ArrayList<>();
        for (CsvRecord row : rows) {
            String name = item.map(at -> name(row, at)).orElseGet(() -> Integer.toString(items.size() + 1));
            Long before = lines.putIfAbsent(name, row.getStartingLineNumber());
            if (before != null) {
                throw KemoException.input(
                        "The item [" + name + "] stands in line [" + before + "] and in line ["
                                + row.getStartingLineNumber() + "] of [" + file + "].",
                        "Keep one row for each item, or name the columns with --rater and --label where a row is one label.");
            }
            items.add(new Annotations.Item(
                    name, labels.stream().map(at -> label(row, at)).toList(), reference.flatMap(at -> label(row, at))));
        }
        return new Annotations(List.copyOf(raters), items);
    }

    private Annotations labelRows(AnnotationLayout.LabelRows layout) {
        int item = column(layout.item());
        int rater = column(layout.rater());
        int label = column(layout.label());
        Optional<Integer> reference = layout.reference().map(this::column);
        Set<String> raters = new LinkedHashSet<>();
        Map<String, Map<String, String>> labels = new LinkedHashMap<>();
        Map<String, String> references = new HashMap<>();
        Set<List<String>> seen = new HashSet<>();
        for (CsvRecord row : rows) {
            String name = name(row, item);
            String by = name(row, rater);
            if (!seen.add(List.of(name, by))) {
                throw KemoException.input(
                        "The rater [" + by + "] labels the item [" + name + "] a second time in line ["
                                + row.getStartingLineNumber() + "] of [" + file + "].",
                        "Keep the label that counts.");
            }
            raters.add(by);
            Map<String, String> given = labels.computeIfAbsent(name, any -> new HashMap<>());
            label(row, label).ifPresent(each -> given.put(by, each));
            reference.flatMap(at -> label(row, at)).ifPresent(each -> {
                String before = references.putIfAbsent(name, each);
                if (before != null && !before.equals(each)) {
                    throw KemoException.input(
                            "The reference of the item [" + name + "] is [" + before + "], and in line ["
                                    + row.getStartingLineNumber() + "] of [" + file + "] it is [" + each + "].",
                            "Give each item one reference.");
                }
            });
        }
        return new Annotations(
                List.copyOf(raters),
                labels.entrySet().stream()
                        .map(each -> new Annotations.Item(
                                each.getKey(),
                                raters.stream()
                                        .map(by -> Optional.ofNullable(
                                                each.getValue().get(by)))
                                        .toList(),
                                Optional.ofNullable(references.get(each.getKey()))))
                        .toList());
    }

    private int column(String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw KemoException.configuration(
                    "The file [" + file + "] has no column [" + name + "].",
                    NearestName.among(columns).suggestion(name));
        }
        return at;
    }

    private String name(CsvRecord row, int column) {
        String name = row.getField(column).strip();
        if (name.isEmpty()) {
            throw KemoException.input(
                    "The column [" + columns.get(column) + "] is empty in line [" + row.getStartingLineNumber()
                            + "] of [" + file + "].",
                    "Fill it in, or take the line out.");
        }
        return name;
    }

    private Optional<String> label(CsvRecord row, int column) {
        return Optional.of(row.getField(column).strip()).filter(label -> !label.isEmpty() && !missing.contains(label));
    }
}
