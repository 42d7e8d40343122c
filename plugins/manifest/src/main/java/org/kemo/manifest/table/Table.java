package org.kemo.manifest.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a table, whatever its format.
 *
 * @param columns the names of all columns, in the order in which they first occur
 * @param rows in the order of the file
 * @param problems what could not be read, by line
 */
public record Table(List<String> columns, List<Row> rows, List<Problem> problems) {
    /** Copies the lists. */
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * One row.
     *
     * @param line where it begins, from 1
     * @param values by column
     */
    public record Row(int line, Map<String, String> values) {
        /** Copies the values. */
        public Row {
            values = Map.copyOf(values);
        }

        /** The value of a column without white space around it; empty where it is blank or absent. */
        public Optional<String> value(String column) {
            return Optional.ofNullable(values.get(column)).map(String::strip).filter(value -> !value.isEmpty());
        }
    }

    /**
     * What is wrong with a line.
     *
     * @param line from 1
     * @param sentence what and why
     */
    public record Problem(int line, String sentence) {}
}
