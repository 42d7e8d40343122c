package org.kemo.manifest;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.manifest.features.FeatureFile;
import org.kemo.manifest.features.FeatureWidths;
import org.kemo.manifest.table.BadRow;
import org.kemo.manifest.table.CsvTable;
import org.kemo.manifest.table.JsonLinesTable;
import org.kemo.manifest.table.Table;

/**
 * Reads a manifest, in its order. A row without an id, with an id that was there before, without any modality, or with a file
 * that does not exist or holds no features is a problem and costs no other row.
 */
final class ManifestReader implements DatasetReader {
    private final ManifestOptions options;
    private final Path folder;

    ManifestReader(ManifestOptions options) {
        this.options = options;
        this.folder = Optional.ofNullable(options.file().getParent()).orElse(Path.of(""));
    }

    @Override
    public Dataset read() {
        Table table = table();
        Columns columns = new Columns(options, table.columns());
        if (!table.columns().isEmpty()) {
            columns.check();
        }
        List<Table.Problem> bad = new ArrayList<>(table.problems());
        List<Utterance> utterances = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        FeatureWidths widths = new FeatureWidths();
        for (Table.Row row : table.rows()) {
            try {
                Utterance utterance = utterance(row, widths);
                Integer before = lines.putIfAbsent(utterance.id(), row.line());
                if (before != null) {
                    throw new BadRow("the id [" + utterance.id() + "] is that of line [" + before + "] already");
                }
                utterances.add(utterance);
            } catch (BadRow e) {
                bad.add(new Table.Problem(row.line(), e.getMessage()));
            }
        }
        List<String> problems = new ArrayList<>(columns.warnings());
        bad.stream()
                .sorted(Comparator.comparingInt(Table.Problem::line))
                .map(problem -> options.file() + ":" + problem.line() + ": " + problem.sentence() + ".")
                .forEach(problems::add);
        if (utterances.isEmpty()) {
            throw KemoException.input(
                    "The manifest [" + options.file() + "] holds no utterance."
                            + problems.stream()
                                    .limit(3)
                                    .map(problem -> " " + problem)
                                    .collect(Collectors.joining()),
                    "Give at least one row with an id and a source.");
        }
        return new Dataset(options.file().getFileName().toString(), utterances, List.of(), problems);
    }

    private Table table() {
        String name = options.file().getFileName().toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv" -> CsvTable.read(options.file(), delimiterOr(','));
            case "tsv" -> CsvTable.read(options.file(), delimiterOr('\t'));
            case "jsonl", "ndjson" -> JsonLinesTable.read(options.file());
            default ->
                throw KemoException.configuration(
                        "The manifest [" + options.file() + "] ends in [" + ending
                                + "], which is no format known here.",
                        "Use .csv, .tsv, .jsonl or .ndjson.");
        };
    }

    private char delimiterOr(char usual) {
        return options.delimiter().isEmpty() ? usual : options.delimiter().charAt(0);
    }

    private Utterance utterance(Table.Row row, FeatureWidths widths) throws BadRow {
        String id = row.value(options.idColumn())
                .orElseThrow(() -> new BadRow("the column [" + options.idColumn() + "] is empty"));
        Map<Modality, Source> sources = new LinkedHashMap<>();
        for (Map.Entry<String, String> column : options.audioColumns().entrySet()) {
            Optional<String> file = row.value(column.getValue());
            if (file.isPresent()) {
                sources.put(Modality.of(column.getKey()), Source.AudioFile.of(existing(file.get())));
            }
        }
        options.textColumns().forEach((modality, column) -> row.value(column)
                .ifPresent(text -> sources.put(Modality.of(modality), new Source.Text(text))));
        for (Map.Entry<String, String> column : options.featureColumns().entrySet()) {
            Optional<String> file = row.value(column.getValue());
            if (file.isPresent()) {
                Modality modality = Modality.of(column.getKey());
                sources.put(modality, features(modality, existing(file.get()), widths));
            }
        }
        if (sources.isEmpty()) {
            throw new BadRow("the columns " + options.modalityColumns() + " are empty");
        }
        return new Utterance(
                id,
                sources,
                row.value(options.labelColumn()),
                row.value(options.speakerColumn()),
                row.split(options.splitColumn()));
    }

    private static Source features(Modality modality, Path file, FeatureWidths widths) throws BadRow {
        try {
            return new Source.Features(widths.checked(modality, FeatureFile.read(file)));
        } catch (KemoException e) {
            throw new BadRow(e.problem().substring(0, 1).toLowerCase(Locale.ROOT)
                    + e.problem().substring(1, e.problem().length() - 1));
        }
    }

    private Path existing(String name) throws BadRow {
        try {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new BadRow("[" + name + "] is not the name of a file");
        }
        throw new BadRow("the file [" + name + "] does not exist");
    }
}
