package org.kemo.manifest.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kemo.api.data.LineFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON Lines: an object a line, whose values are texts, numbers or null. Nested values are passed over. */
public final class JsonLinesTable {
    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Set<String> columns = new LinkedHashSet<>();

    private JsonLinesTable() {}

    /**
     * Reads all lines.
     *
     * @throws org.kemo.api.KemoException category INPUT, where the file cannot be read
     */
    public static Table read(Path file) {
        return new JsonLinesTable().table(LineFile.read(file));
    }

    private Table table(List<LineFile.Line> lines) {
        List<Table.Row> rows = new ArrayList<>();
        List<Table.Problem> problems = new ArrayList<>();
        for (LineFile.Line line : lines) {
            if (line.text().isEmpty()) {
                problems.add(new Table.Problem(line.number(), "the bytes are not UTF-8; save the file as UTF-8"));
            } else if (!line.text().get().isBlank()) {
                try {
                    rows.add(new Table.Row(line.number(), values(line.text().get())));
                } catch (JacksonException e) {
                    problems.add(new Table.Problem(
                            line.number(), "the line is not a JSON object: " + e.getOriginalMessage()));
                }
            }
        }
        return new Table(List.copyOf(columns), rows, problems);
    }

    private Map<String, String> values(String line) {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "it begins with something else");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String column = parser.currentName();
                JsonToken value = parser.nextToken();
                columns.add(column);
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    values.put(column, parser.getString());
                }
            }
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows it");
            }
        }
        return values;
    }
}
