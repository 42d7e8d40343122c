package org.kemo.manifest;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.manifest.table.CsvTable;
import org.kemo.manifest.table.Table;

/**
 * Which file, and what its columns are called. The columns of ids and labels and one of a modality must be there, and so must
 * every column that is not called as it is by default.
 *
 * @param file {@code .csv}, {@code .tsv}, {@code .jsonl} or {@code .ndjson}, in UTF-8
 * @param audioColumns the modalities that are sound, each with the column of its files
 * @param textColumns the modalities that are words, each with its column
 * @param featureColumns the modalities that are features, each with the column of their files; see {@link
 *     org.kemo.manifest.features.FeatureFile}
 * @param idColumn the column of ids
 * @param labelColumn the column of labels
 * @param speakerColumn the column of speakers
 * @param splitColumn the column of sides
 * @param delimiter what parts the fields of CSV
 */
record ManifestOptions(
        @Option("The manifest: .csv or .tsv with a header, or .jsonl; in UTF-8") Path file,
        @Option(
                        value =
                                "Modalities that are sound, each with the column that names its files, from the manifest's"
                                        + " folder where they are relative",
                        defaultValue = "{audio: audio}")
                Map<String, String> audioColumns,
        @Option(value = "Modalities that are words, each with its column", defaultValue = "{text: text}")
                Map<String, String> textColumns,
        @Option(
                        value =
                                "Modalities that are features computed elsewhere, each with the column that names a file for each"
                                        + " utterance: .npy, .csv or .tsv",
                        defaultValue = "{}")
                Map<String, String> featureColumns,
        @Option(value = "The column of ids, which are unique", defaultValue = "id") String idColumn,
        @Option(value = "The column of labels; a field may be empty", defaultValue = "label") String labelColumn,
        @Option(value = "The column of speakers; may be absent", defaultValue = "speaker") String speakerColumn,
        @Option(value = "The column of sides: train, validation, test or none; may be absent", defaultValue = "split")
                String splitColumn,
        @Option(value = "What parts the fields of CSV; empty for a comma, or a tab in .tsv", defaultValue = "\"\"")
                String delimiter) {
    /** Checks that each modality and each column has one meaning. */
    ManifestOptions {
        audioColumns = Collections.unmodifiableMap(new LinkedHashMap<>(audioColumns));
        textColumns = Collections.unmodifiableMap(new LinkedHashMap<>(textColumns));
        featureColumns = Collections.unmodifiableMap(new LinkedHashMap<>(featureColumns));
        List<String> modalities = Stream.of(audioColumns, textColumns, featureColumns)
                .flatMap(columns -> columns.keySet().stream())
                .toList();
        modalities.forEach(Modality::of);
        if (modalities.isEmpty()) {
            throw KemoException.configuration(
                    "The options audioColumns, textColumns and featureColumns are all [{}].",
                    "Name a column of at least one modality.");
        }
        List<String> columns = Stream.of(
                        audioColumns.values().stream(),
                        textColumns.values().stream(),
                        featureColumns.values().stream(),
                        Stream.of(idColumn, labelColumn, speakerColumn, splitColumn))
                .flatMap(names -> names)
                .toList();
        Table.requireDistinct("modality", modalities);
        Table.requireDistinct("column", columns);
        CsvTable.requireDelimiter(delimiter);
    }

    /** The columns that a modality reads: sound, words, features. */
    List<String> modalityColumns() {
        return Stream.of(audioColumns, textColumns, featureColumns)
                .flatMap(columns -> columns.values().stream())
                .toList();
    }

    /** The columns that must be there whatever else is. */
    List<String> requiredColumns() {
        return Stream.of(
                        Stream.of(idColumn, labelColumn),
                        renamed(audioColumns),
                        renamed(textColumns),
                        featureColumns.values().stream(),
                        Stream.of(speakerColumn).filter(column -> !column.equals("speaker")),
                        Stream.of(splitColumn).filter(column -> !column.equals("split")))
                .flatMap(columns -> columns)
                .toList();
    }

    /** All columns that are read where they are there. */
    List<String> columns() {
        return Stream.concat(Stream.of(idColumn, labelColumn, speakerColumn, splitColumn), modalityColumns().stream())
                .toList();
    }

    private static Stream<String> renamed(Map<String, String> columns) {
        return columns.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                .map(Map.Entry::getValue);
    }
}
