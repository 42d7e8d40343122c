package org.kemo.tabular;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Split;
import org.kemo.manifest.table.BadRow;
import org.kemo.manifest.table.FiniteNumber;
import org.kemo.manifest.table.NearestColumn;
import org.kemo.manifest.table.Table;

/** Makes rows of the lines of one table. */
final class RowReader {
    private final TabularOptions options;
    private final Map<Modality, List<String>> features = new LinkedHashMap<>();

    /**
     * Looks for the columns.
     *
     * @param header all columns of the table
     * @throws KemoException category INPUT, where some are not there, or one is a feature and something else
     */
    RowReader(TabularOptions options, Path file, List<String> header) {
        this.options = options;
        for (String column : options.requiredColumns()) {
            if (!header.contains(column)) {
                List<String> unread = header.stream()
                        .filter(each -> !options.requiredColumns().contains(each))
                        .toList();
                throw KemoException.input(
                        "The table [" + file + "] has no column [" + column + "].",
                        new NearestColumn(unread)
                                        .to(column)
                                        .map(near -> "Did you mean [" + near + "]? ")
                                        .orElse("")
                                + "Rename the column, or name it in the options, for example as idColumn, labelColumn or groupColumn.");
            }
        }
        options.modalities()
                .forEach((name, columns) -> features.put(Modality.of(name), columnsOf(columns, file, header)));
        features.forEach((modality, columns) -> columns.forEach(column -> requireFeature(column, modality, file)));
    }

    private static List<String> columnsOf(FeatureColumns columns, Path file, List<String> header) {
        try {
            return columns.in(header);
        } catch (KemoException e) {
            throw KemoException.input("[" + file + "]: " + e.problem(), e.remedy())
                    .causedBy(e);
        }
    }

    /** A network that reads the label, or what stands for it, learns nothing else. */
    private void requireFeature(String column, Modality modality, Path file) {
        String meaning = options.meanings().get(column);
        if (meaning != null) {
            throw KemoException.input(
                    "[" + file + "]: The column [" + column + "] is a feature of [" + modality + "] and " + meaning
                            + ".",
                    "Leave it out of the features of [" + modality
                            + "]; a range holds every column from its first to its last.");
        }
    }

    /** The number of features of each modality. */
    Map<Modality, Integer> widths() {
        Map<Modality, Integer> widths = new LinkedHashMap<>();
        features.forEach((modality, columns) -> widths.put(modality, columns.size()));
        return widths;
    }

    /** Reads a line. */
    Row read(Table.Row line) throws BadRow {
        String id = line.value(options.idColumn())
                .orElseThrow(() -> new BadRow("the column [" + options.idColumn() + "] is empty"));
        Optional<String> group = line.value(options.groupColumn());
        Map<Modality, float[]> numbers = new LinkedHashMap<>();
        for (Map.Entry<Modality, List<String>> modality : features.entrySet()) {
            numbers(line, modality.getValue()).ifPresent(values -> numbers.put(modality.getKey(), values));
        }
        Map<Modality, String> texts = new LinkedHashMap<>();
        options.textColumns()
                .forEach((name, column) -> line.value(column).ifPresent(text -> texts.put(Modality.of(name), text)));
        if (numbers.isEmpty() && texts.isEmpty()) {
            throw new BadRow("the columns of all modalities are empty");
        }
        return new Row(id, label(line), group, side(line, group), place(line, id, group), numbers, texts);
    }

    /** The features of a modality; none where all fields are blank, which is a modality that is missing. */
    private static Optional<float[]> numbers(Table.Row line, List<String> columns) throws BadRow {
        float[] values = new float[columns.size()];
        Optional<String> blank = Optional.empty();
        int read = 0;
        for (String column : columns) {
            Optional<String> field = line.value(column);
            if (field.isPresent()) {
                values[read++] = (float) number(column, field.get());
            } else {
                blank = blank.or(() -> Optional.of(column));
            }
        }
        if (read > 0 && blank.isPresent()) {
            throw new BadRow("the column [" + blank.get() + "] is empty");
        }
        return read == 0 ? Optional.empty() : Optional.of(values);
    }

    private static double number(String column, String field) throws BadRow {
        return FiniteNumber.of(field)
                .orElseThrow(() ->
                        new BadRow("the column [" + column + "] holds [" + field + "], which is no finite number"));
    }

    private Optional<String> label(Table.Row line) throws BadRow {
        Optional<String> label = line.value(options.labelColumn());
        if (options.labels().isEmpty() || label.isEmpty()) {
            return label;
        }
        String name = options.labels().get(label.get());
        if (name == null) {
            throw new BadRow("the label [" + label.get() + "] is none of those in the option labels, "
                    + options.labels().keySet());
        }
        return Optional.of(name);
    }

    /** What is on no side is for training where groups are on the others. */
    private Split side(Table.Row line, Optional<String> group) throws BadRow {
        Split split = split(line, group);
        return split == Split.NONE && options.putsGroupsOnSides() ? Split.TRAIN : split;
    }

    private Split split(Table.Row line, Optional<String> group) throws BadRow {
        if (group.filter(options.testGroups()::contains).isPresent()) {
            return Split.TEST;
        }
        if (group.filter(options.validationGroups()::contains).isPresent()) {
            return Split.VALIDATION;
        }
        return line.split(options.splitColumn());
    }

    private double place(Table.Row line, String id, Optional<String> group) throws BadRow {
        if (options.context() == Context.NONE) {
            return 0;
        }
        if (group.isEmpty()) {
            throw new BadRow("the column [" + options.groupColumn() + "] is empty");
        }
        if (!options.orderColumn().isEmpty()) {
            String field = line.value(options.orderColumn())
                    .orElseThrow(() -> new BadRow("the column [" + options.orderColumn() + "] is empty"));
            return number(options.orderColumn(), field);
        }
        String after = id.substring(id.lastIndexOf('_') + 1);
        if (after.length() == id.length() || !after.matches("\\d{1,9}")) {
            throw new BadRow(
                    "the id [" + id + "] has no number after a last [_] to order its group by; name an orderColumn");
        }
        return Integer.parseInt(after);
    }
}
