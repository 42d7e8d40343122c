package org.kemo.tabular;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * The columns of one modality, said in one of three ways. None of them may be the id, the label, the group, the split, the order or the
 * words, too.
 *
 * @param prefix of columns that are numbered: {@code t} for t0, t1, ..., in the order of their numbers
 * @param from the first of a range, in the order of the header
 * @param to the last of the range
 * @param columns by name, in this order
 */
record FeatureColumns(
        @Option(
                        value =
                                "What the names of numbered columns begin with: t for t0, t1, ..., in the order of the numbers",
                        defaultValue = "\"\"")
                String prefix,
        @Option(value = "The first column of a range", defaultValue = "\"\"") String from,
        @Option(value = "The last column of the range", defaultValue = "\"\"") String to,
        @Option(value = "The columns by name, in order", defaultValue = "[]") List<String> columns) {
    /** Checks that there is one of the three. */
    FeatureColumns {
        columns = List.copyOf(columns);
        boolean range = !from.isEmpty() || !to.isEmpty();
        long ways = Stream.of(!prefix.isEmpty(), range, !columns.isEmpty())
                .filter(given -> given)
                .count();
        if (ways != 1 || (range && (from.isEmpty() || to.isEmpty()))) {
            throw KemoException.configuration(
                    "The columns [prefix: " + prefix + ", from: " + from + ", to: " + to + ", columns: " + columns
                            + "] are not said in one way.",
                    "Give a prefix, or from and to, or columns.");
        }
        if (columns.stream().distinct().count() < columns.size()) {
            throw KemoException.configuration("The columns " + columns + " hold one twice.", "Name each column once.");
        }
    }

    /** The columns of that prefix. */
    static FeatureColumns withPrefix(String prefix) {
        return new FeatureColumns(prefix, "", "", List.of());
    }

    /**
     * The columns that are meant, in order; at least one.
     *
     * @param header all columns of the table
     * @throws KemoException category INPUT, where the table does not have them
     */
    List<String> in(List<String> header) {
        if (!prefix.isEmpty()) {
            return numbered(header);
        }
        for (String column : columns.isEmpty() ? List.of(from, to) : columns) {
            if (!header.contains(column)) {
                throw KemoException.input(
                        "The table has no column [" + column + "].", "Correct the name, or the header of the table.");
            }
        }
        if (!columns.isEmpty()) {
            return columns;
        }
        int first = header.indexOf(from);
        int last = header.indexOf(to);
        if (first > last) {
            throw KemoException.input("The column [" + from + "] stands after [" + to + "].", "Exchange from and to.");
        }
        return header.subList(first, last + 1);
    }

    private List<String> numbered(List<String> header) {
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "\\d{1,9}");
        List<String> found = header.stream()
                .filter(column -> name.matcher(column).matches())
                .sorted(Comparator.comparingInt(column -> Integer.parseInt(column.substring(prefix.length()))))
                .toList();
        if (found.isEmpty()) {
            throw KemoException.input(
                    "The table has no column [" + prefix + "] with a number after it.",
                    "Correct the prefix, or name the columns by from and to.");
        }
        return found;
    }
}
