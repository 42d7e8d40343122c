package org.kemo.labelmatchedpairs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What every report has to say of where pairs come from. */
final class Provenance {
    private Provenance() {}

    /** The name of the pairs, from the names of their data sets. */
    static String name(List<Side> sides) {
        return sides.stream()
                .map(side -> side.dataset().name())
                .collect(Collectors.joining(" with ", "label-matched pairs (", ")"));
    }

    /** That the pairs are synthetic, and how they were spoiled. */
    static List<String> notes(List<Side> sides, Corruption corruption) {
        List<String> notes = new ArrayList<>();
        notes.add("Pairs are synthetic: " + named(sides.get(0)) + " is joined with random "
                + sides.subList(1, sides.size()).stream().map(Provenance::named).collect(Collectors.joining(" and "))
                + " of the same label; they were never recorded together.");
        if (corruption.rate() > 0) {
            notes.add("Of the pairs of several modalities, a share of [" + corruption.rate()
                    + "] had one modality spoiled on purpose: "
                    + sides.stream()
                            .map(side -> side.modality() + " by " + kinds(side, corruption))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return notes;
    }

    private static String named(Side side) {
        return "[" + side.modality() + "] of " + side.dataset().name();
    }

    private static List<String> kinds(Side side, Corruption corruption) {
        return corruption.kinds(side.modality().name(), side.candidates().get(0).source()).stream()
                .map(CorruptionKind::label)
                .toList();
    }
}
