package org.kemo.labelmatchedpairs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;

/**
 * What one data set offers in one modality.
 *
 * @param modality the modality
 * @param dataset the data set as it was read
 * @param candidates what can be paired, in the data set's order
 * @param problems what cannot, and why
 */
record Side(Modality modality, Dataset dataset, List<Candidate> candidates, List<String> problems) {
    /** Copies the lists. */
    Side {
        candidates = List.copyOf(candidates);
        problems = List.copyOf(problems);
    }

    /**
     * One utterance's part in this modality.
     *
     * @param id of the utterance
     * @param source what it offers
     * @param label aligned
     * @param speaker where known
     * @param split its split
     */
    record Candidate(String id, Source source, String label, Optional<String> speaker, Split split) {}

    /**
     * Reads a side.
     *
     * @param align label of the data set to label of the pairs, where they differ
     * @param labels of the pairs
     * @throws KemoException category INPUT, where nothing in the data set can be paired
     */
    static Side read(Modality modality, DatasetReader reader, Map<String, String> align, List<String> labels) {
        Dataset dataset = reader.read();
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        Set<String> unused = new LinkedHashSet<>(align.keySet());
        for (Utterance utterance : dataset.utterances()) {
            Optional<Source> source = utterance.source(modality);
            Optional<String> label = utterance.label();
            label.ifPresent(unused::remove);
            if (source.isEmpty()) {
                leftOut.merge("offer no [" + modality + "]", 1, Integer::sum);
            } else if (label.isEmpty()) {
                leftOut.merge("have no label", 1, Integer::sum);
            } else {
                String aligned = align.getOrDefault(label.get(), label.get());
                if (labels.contains(aligned)) {
                    candidates.add(new Candidate(
                            utterance.id(), source.get(), aligned, utterance.speaker(), utterance.split()));
                } else {
                    leftOut.merge(
                            "have the label [" + aligned + "], which is not one of " + labels
                                    + " (align it under align." + modality + " to use them)",
                            1,
                            Integer::sum);
                }
            }
        }
        List<String> problems = new ArrayList<>();
        leftOut.forEach((reason, count) -> problems.add(
                "Of [" + dataset.name() + "] [" + count + "] utterances are left out that " + reason + "."));
        unused.forEach(label -> problems.add("Under align." + modality + " stands [" + label
                + "], a label that no utterance of [" + dataset.name() + "] has."));
        if (candidates.isEmpty()) {
            throw KemoException.input(
                    "The data set [" + dataset.name() + "] has no utterance with [" + modality
                            + "] and one of the labels " + labels + ". " + String.join(" ", problems),
                    "Check the name of the modality and align." + modality + ".");
        }
        return new Side(modality, dataset, candidates, problems);
    }
}
