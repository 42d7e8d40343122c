package org.kemo.labelmatchedpairs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.api.data.DatasetReader;

/**
 * What is paired with what.
 *
 * @param sources for each modality the data set that offers it; the first one leads
 * @param labels the labels that the sides have in common after alignment
 * @param align for each modality the labels of its data set that are called otherwise in {@code labels}
 * @param pairs how many to make, over all splits
 * @param unmatched what becomes of an utterance whose label another side does not have
 * @param corruption how some of the pairs are spoiled
 * @param seed of all that is drawn
 */
record PairsOptions(
        @Option("For each modality the data set that offers it, for example {audio: {type: ravdess, ...}, text: {type:"
                        + " text-lines, ...}}; each utterance of the first is used about equally often")
                Map<String, DatasetReader> sources,
        @Option("The labels of the pairs") List<String> labels,
        @Option(
                        value = "For each modality: label of its data set to label of the pairs, where they differ",
                        defaultValue = "{}")
                Map<String, Map<String, String>> align,
        @Option(value = "The number of pairs, over all splits", min = 1) int pairs,
        @Option(
                        value = "keep: an utterance whose label another side lacks is paired without that modality;"
                                + " leave-out: it is not used",
                        defaultValue = "keep")
                Unmatched unmatched,
        @Option(value = "How one modality of some of the pairs is spoiled", defaultValue = "{}") Corruption corruption,
        @Option(value = "The seed of all that is drawn", defaultValue = "1") long seed) {
    /** Checks that modalities and labels are known wherever they are named. */
    PairsOptions {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        labels = new LabelSpace(labels).labels();
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        align.forEach((modality, map) -> copy.put(modality, Collections.unmodifiableMap(new LinkedHashMap<>(map))));
        align = Collections.unmodifiableMap(copy);
        sources.keySet().forEach(Modality::of);
        if (sources.size() < 2) {
            throw KemoException.configuration(
                    "The sources " + sources.keySet() + " are too few for pairs.",
                    "Name a data set for two modalities.");
        }
        if (pairs < 1) {
            throw KemoException.configuration("The number of pairs [" + pairs + "] is below 1.", "Ask for some.");
        }
        for (String modality : align.keySet()) {
            requireSource("align", modality, sources);
        }
        for (String modality : corruption.kinds().keySet()) {
            requireSource("corruption.kinds", modality, sources);
        }
        for (Map<String, String> map : align.values()) {
            for (Map.Entry<String, String> entry : map.entrySet()) {
                if (!labels.contains(entry.getValue())) {
                    throw KemoException.configuration(
                            "The label [" + entry.getKey() + "] is aligned to [" + entry.getValue()
                                    + "], which is not one of " + labels + ".",
                            "Align it to one of the labels, or add that one to labels.");
                }
            }
        }
    }

    private static void requireSource(String option, String modality, Map<String, DatasetReader> sources) {
        if (!sources.containsKey(modality)) {
            throw KemoException.configuration(
                    "The modality [" + modality + "] in " + option + " is not one of the sources " + sources.keySet()
                            + ".",
                    "Use the name that it has under sources.");
        }
    }
}
