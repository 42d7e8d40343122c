package org.kemo.manifest.table;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.data.Split;

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
     * Checks that each name that options give to something in a table stands for one thing.
     *
     * @param what the names are of: {@code column}, {@code modality}
     * @throws KemoException category CONFIGURATION, with the first that stands for two
     */
    public static void requireDistinct(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw KemoException.configuration(
                        "The " + what + " [" + name + "] stands for two things.", "Give each its own " + what + ".");
            }
        }
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

        /**
         * The side that a column names; none where it is blank or absent.
         *
         * @throws BadRow where it holds another word
         */
        public Split split(String column) throws BadRow {
            String value = value(column).orElse("none").toLowerCase(Locale.ROOT);
            return switch (value) {
                case "train", "training" -> Split.TRAIN;
                case "validation", "valid", "val", "dev" -> Split.VALIDATION;
                case "test" -> Split.TEST;
                case "none" -> Split.NONE;
                default -> throw new BadRow("the split [" + value + "] is none of [train, validation, test, none]");
            };
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
