package org.kemo.manifest.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;

class CsvTableTest {
    private static final List<String> BAD_LINES = List.of(
            "bad,\"open", "\"bad", "bad,a,\"open,joy", "bad", "bad,a,b,c", "\"bad\" closed,a,joy", "bad,a,\"b\"c");

    private static final String[] PIECES = {"a", "б", " ", ",", "\"", "\n", "\"\"", ",\"", "word", "\n\n"};

    @TempDir
    private Path folder;

    /** Fields of all that CSV has to quote, and one line of another kind of damage between two records. */
    @RepeatedTest(100)
    void givesBackEveryRecordAroundABadLine(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Map<String, String>> records = new ArrayList<>();
        StringBuilder csv = new StringBuilder("id,text,label\n");
        int badAfter = random.nextInt(6);
        for (int i = 0; i < 6; i++) {
            Map<String, String> record = Map.of("id", "u" + i, "text", field(random), "label", field(random));
            records.add(record);
            csv.append(written(record));
            if (i == badAfter) {
                csv.append(BAD_LINES.get(random.nextInt(BAD_LINES.size()))).append('\n');
            }
        }

        Table table = CsvTable.read(Files.writeString(folder.resolve("m.csv"), csv), ',');

        assertThat(table.rows()).extracting(Table.Row::values).containsExactlyElementsOf(records);
        assertThat(table.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\n", "\r", ";;"})
    void refusesADelimiterThatCannotPartFields(String delimiter) {
        assertThatThrownBy(() -> CsvTable.requireDelimiter(delimiter))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + delimiter + "]");
    }

    /** Begins with a letter: a field that begins with a delimiter could also be what follows the end of an open quote. */
    private static String field(Random random) {
        StringBuilder field = new StringBuilder("x");
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            field.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return field.toString();
    }

    private static String written(Map<String, String> record) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(record.get("id"), record.get("text"), record.get("label"));
        }
        return text.toString();
    }
}
