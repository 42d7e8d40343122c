package org.kemo.tabular;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Options for tests: tables with the columns id, label, speaker and split, and with the features a0, a1, ... and v0, v1, ... */
record TestOptions(
        List<Path> files,
        Map<String, FeatureColumns> modalities,
        Map<String, String> labels,
        List<String> groups,
        List<String> testGroups,
        Context context,
        int neighbours,
        String orderColumn) {
    static TestOptions of(Path... files) {
        Map<String, FeatureColumns> modalities =
                Map.of("audio", FeatureColumns.withPrefix("a"), "video", FeatureColumns.withPrefix("v"));
        return new TestOptions(List.of(files), modalities, Map.of(), List.of(), List.of(), Context.NONE, 100, "");
    }

    TestOptions withModalities(Map<String, FeatureColumns> others) {
        return new TestOptions(files, others, labels, groups, testGroups, context, neighbours, orderColumn);
    }

    TestOptions withLabels(Map<String, String> others) {
        return new TestOptions(files, modalities, others, groups, testGroups, context, neighbours, orderColumn);
    }

    TestOptions withGroups(String... others) {
        return new TestOptions(
                files, modalities, labels, List.of(others), testGroups, context, neighbours, orderColumn);
    }

    TestOptions withTestGroups(String... others) {
        return new TestOptions(files, modalities, labels, groups, List.of(others), context, neighbours, orderColumn);
    }

    TestOptions withContext(int others) {
        return new TestOptions(files, modalities, labels, groups, testGroups, Context.GROUP, others, orderColumn);
    }

    TestOptions orderedBy(String column) {
        return new TestOptions(files, modalities, labels, groups, testGroups, context, neighbours, column);
    }

    TabularOptions made() {
        return new TabularOptions(
                files,
                modalities,
                Map.of(),
                "id",
                "label",
                labels,
                "speaker",
                "split",
                groups,
                List.of(),
                testGroups,
                List.of(),
                context,
                neighbours,
                orderColumn,
                "");
    }
}
