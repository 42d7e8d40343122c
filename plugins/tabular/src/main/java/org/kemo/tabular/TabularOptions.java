package org.kemo.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.manifest.table.CsvTable;
import org.kemo.manifest.table.Table;

/**
 * Which tables, and what their columns mean. The columns of ids, labels and features must be there, and so must every column that is
 * not called as it is by default, and that of groups where an option speaks of groups.
 *
 * @param files tables with a header, in UTF-8
 * @param modalities the modalities that are features, each with its columns
 * @param textColumns the modalities that are words, each with its column
 * @param idColumn the column of ids
 * @param labelColumn the column of labels
 * @param labels what the labels of the table are called; empty to leave them
 * @param groupColumn the column of what belongs together: a speaker, a video, a session. It becomes the utterance's speaker, so that
 *     whole groups are held out
 * @param splitColumn the column of sides
 * @param groups the groups to read; empty for all
 * @param excludeGroups the groups to leave out
 * @param testGroups the groups of the test side; rows on no side are for training then
 * @param validationGroups the groups of the validation side; rows on no side are for training then
 * @param context what of its group an utterance's features hold; see {@link GroupContext}
 * @param neighbours how many neighbours on each side are context
 * @param orderColumn numbers that order a group; empty for the number after the last {@code _} of the id
 * @param delimiter what parts the fields
 */
record TabularOptions(
        @Option("The tables, with a header, in UTF-8") List<Path> files,
        @Option(
                        value =
                                "Modalities that are features, each with its columns: {prefix: t} for t0, t1, ..., or {from: a, to: z},"
                                        + " or {columns: [a, b]}",
                        defaultValue = "{}")
                Map<String, FeatureColumns> modalities,
        @Option(value = "Modalities that are words, each with its column", defaultValue = "{}")
                Map<String, String> textColumns,
        @Option(value = "The column of ids, which are unique", defaultValue = "id") String idColumn,
        @Option(value = "The column of labels; a field may be empty", defaultValue = "label") String labelColumn,
        @Option(value = "What the labels of the table are called here; empty to leave them", defaultValue = "{}")
                Map<String, String> labels,
        @Option(
                        value = "The column of what is held out together: speakers, videos, sessions; may be absent",
                        defaultValue = "speaker")
                String groupColumn,
        @Option(value = "The column of sides: train, validation, test or none; may be absent", defaultValue = "split")
                String splitColumn,
        @Option(value = "The groups to read; empty for all", defaultValue = "[]") List<String> groups,
        @Option(value = "The groups to leave out", defaultValue = "[]") List<String> excludeGroups,
        @Option(value = "The groups of the test side; rows on no side are for training then", defaultValue = "[]")
                List<String> testGroups,
        @Option(value = "The groups of the validation side; rows on no side are for training then", defaultValue = "[]")
                List<String> validationGroups,
        @Option(
                        value =
                                "none: an utterance's own features; group: its neighbours' in the group too, in order, with a last column"
                                        + " that is 1 at the utterance itself, for context-bilstm",
                        defaultValue = "none")
                Context context,
        @Option(value = "How many neighbours on each side are context", defaultValue = "100", min = 1, max = 500)
                int neighbours,
        @Option(
                        value = "Numbers that order a group; empty for the number after the last _ of the id",
                        defaultValue = "\"\"")
                String orderColumn,
        @Option(value = "What parts the fields; empty for a tab in .tsv and a comma elsewhere", defaultValue = "\"\"")
                String delimiter) {
    private static final String DEFAULT_GROUP_COLUMN = "speaker";
    private static final String DEFAULT_SPLIT_COLUMN = "split";

    /** Checks that there is something to read and that each name has one meaning. */
    TabularOptions {
        files = List.copyOf(files);
        modalities = Collections.unmodifiableMap(new LinkedHashMap<>(modalities));
        textColumns = Collections.unmodifiableMap(new LinkedHashMap<>(textColumns));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        groups = List.copyOf(groups);
        excludeGroups = List.copyOf(excludeGroups);
        testGroups = List.copyOf(testGroups);
        validationGroups = List.copyOf(validationGroups);
        if (files.isEmpty()) {
            throw KemoException.configuration("The option files is [] and names nothing to read.", "Name a table.");
        }
        List<String> names = Stream.concat(modalities.keySet().stream(), textColumns.keySet().stream())
                .map(name -> Modality.of(name).name())
                .toList();
        if (names.isEmpty()) {
            throw KemoException.configuration(
                    "The options modalities and textColumns are both [{}].", "Name the columns of a modality.");
        }
        Table.requireDistinct("modality", names);
        List<String> columns = new ArrayList<>(List.of(idColumn, labelColumn, groupColumn, splitColumn));
        columns.addAll(textColumns.values());
        Table.requireDistinct("column", columns);
        requireOneSide(testGroups, validationGroups, groups, excludeGroups);
        if (context == Context.GROUP && modalities.isEmpty()) {
            throw KemoException.configuration(
                    "The context is [group] but no modality has features.", "Leave context out, or name modalities.");
        }
        CsvTable.requireDelimiter(delimiter);
    }

    private static void requireOneSide(
            List<String> test, List<String> validation, List<String> read, List<String> excluded) {
        for (String group : test) {
            if (validation.contains(group)) {
                throw KemoException.configuration(
                        "The group [" + group + "] is both in testGroups and in validationGroups.",
                        "Name each group on one side only.");
            }
        }
        for (String group : Stream.concat(test.stream(), validation.stream()).toList()) {
            if (excluded.contains(group) || (!read.isEmpty() && !read.contains(group))) {
                throw KemoException.configuration(
                        "The group [" + group + "] stands on a side but is not read.",
                        "Add it to groups and take it out of excludeGroups, or take it from the side.");
            }
        }
    }

    /** The character between the fields of a file. */
    char delimiterOf(Path file) {
        if (!delimiter.isEmpty()) {
            return delimiter.charAt(0);
        }
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
    }

    /** Whether a group is to be read. */
    boolean wants(String group) {
        return (groups.isEmpty() || groups.contains(group)) && !excludeGroups.contains(group);
    }

    /** Whether groups are for the test or for validation, so that the rest is for training. */
    boolean putsGroupsOnSides() {
        return !testGroups.isEmpty() || !validationGroups.isEmpty();
    }

    /** The groups that are asked for by name. */
    List<String> namedGroups() {
        return Stream.of(groups, excludeGroups, testGroups, validationGroups)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** What each single column stands for; none of them can be a feature, too. */
    Map<String, String> meanings() {
        Map<String, String> meanings = new HashMap<>();
        if (!orderColumn.isEmpty()) {
            meanings.put(orderColumn, "the order of a group");
        }
        textColumns.forEach((modality, column) -> meanings.put(column, "the words of [" + modality + "]"));
        meanings.put(splitColumn, "the split");
        meanings.put(groupColumn, "the group");
        meanings.put(labelColumn, "the label");
        meanings.put(idColumn, "the id");
        return meanings;
    }

    /** The single columns that must be there; those of features are {@link FeatureColumns}'s to find. */
    List<String> requiredColumns() {
        List<String> required = new ArrayList<>(List.of(idColumn, labelColumn));
        if (context == Context.GROUP || !namedGroups().isEmpty() || !groupColumn.equals(DEFAULT_GROUP_COLUMN)) {
            required.add(groupColumn);
        }
        if (!splitColumn.equals(DEFAULT_SPLIT_COLUMN)) {
            required.add(splitColumn);
        }
        if (!orderColumn.isEmpty()) {
            required.add(orderColumn);
        }
        required.addAll(textColumns.values());
        return required;
    }
}
