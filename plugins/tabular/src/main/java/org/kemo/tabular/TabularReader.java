package org.kemo.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.manifest.table.BadRow;
import org.kemo.manifest.table.CsvTable;
import org.kemo.manifest.table.Table;

/**
 * Reads tables of features, in their order. A line without an id, with an id that was there before, with a field of features that is
 * empty or no finite number, with an unknown label or side is a problem and costs no other line. Where all fields of a modality are
 * empty, the utterance is without that modality.
 */
final class TabularReader implements DatasetReader {
    private static final int PROBLEMS_SHOWN = 3;

    private final TabularOptions options;

    TabularReader(TabularOptions options) {
        this.options = options;
    }

    @Override
    public Dataset read() {
        List<Row> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> groups = new TreeSet<>();
        Map<String, String> places = new HashMap<>();
        Optional<Map<Modality, Integer>> widths = Optional.empty();
        for (Path file : options.files()) {
            Table table = CsvTable.read(file, options.delimiterOf(file));
            RowReader reader = new RowReader(options, file, table.columns());
            if (widths.isPresent() && !widths.get().equals(reader.widths())) {
                throw KemoException.input(
                        "The table [" + file + "] has the numbers of features " + reader.widths()
                                + " where those before have " + widths.get() + ".",
                        "Read tables of the same columns together.");
            }
            widths = Optional.of(reader.widths());
            List<Table.Problem> bad = new ArrayList<>(table.problems());
            for (Table.Row line : table.rows()) {
                line.value(options.groupColumn()).ifPresent(groups::add);
                if (!line.value(options.groupColumn())
                        .map(options::wants)
                        .orElse(options.groups().isEmpty())) {
                    continue;
                }
                try {
                    Row row = reader.read(line);
                    String place = file + ":" + line.line();
                    String before = places.putIfAbsent(row.id(), place);
                    if (before != null) {
                        throw new BadRow("the id [" + row.id() + "] is that of [" + before + "] already");
                    }
                    rows.add(row);
                } catch (BadRow e) {
                    bad.add(new Table.Problem(line.line(), e.getMessage()));
                }
            }
            bad.stream()
                    .sorted(Comparator.comparingInt(Table.Problem::line))
                    .map(problem -> file + ":" + problem.line() + ": " + problem.sentence() + ".")
                    .forEach(problems::add);
        }
        checkGroups(groups);
        if (rows.isEmpty()) {
            throw KemoException.input(
                    "The tables " + options.files() + " hold no utterance."
                            + problems.stream()
                                    .limit(PROBLEMS_SHOWN)
                                    .map(problem -> " " + problem)
                                    .collect(Collectors.joining()),
                    "Give at least one row with an id and features.");
        }
        return new Dataset(name(), utterances(rows), List.of(), problems);
    }

    /** A group that is misspelt would be trained on instead of tested on. */
    private void checkGroups(Set<String> present) {
        for (String group : options.namedGroups()) {
            if (!present.contains(group)) {
                throw KemoException.input(
                        "The group [" + group + "] is in no row of " + options.files() + ".",
                        "Correct it; the column [" + options.groupColumn() + "] holds the groups.");
            }
        }
    }

    private List<Utterance> utterances(List<Row> rows) {
        BiFunction<Row, Modality, FloatTensor> features = options.context() == Context.GROUP
                ? new GroupContext(rows, options.neighbours())::of
                : TabularReader::alone;
        List<Utterance> utterances = new ArrayList<>();
        for (Row row : rows) {
            Map<Modality, Source> sources = new LinkedHashMap<>();
            row.features()
                    .keySet()
                    .forEach(modality -> sources.put(modality, new Source.Features(features.apply(row, modality))));
            row.texts().forEach((modality, text) -> sources.put(modality, new Source.Text(text)));
            utterances.add(new Utterance(row.id(), sources, row.label(), row.group(), row.split()));
        }
        return utterances;
    }

    private static FloatTensor alone(Row row, Modality modality) {
        float[] values = row.features().get(modality);
        return FloatTensor.of(values, 1, values.length);
    }

    private String name() {
        return options.files().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(" + "));
    }
}
