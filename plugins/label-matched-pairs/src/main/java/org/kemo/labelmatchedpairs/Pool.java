package org.kemo.labelmatchedpairs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.kemo.api.Modality;
import org.kemo.api.data.Split;
import org.kemo.labelmatchedpairs.Side.Candidate;

/** What can be drawn from a side within one split. Belongs to one thread. */
final class Pool {
    private final Modality modality;
    private final List<Candidate> all;
    private final Map<String, List<Candidate>> byLabel = new HashMap<>();
    private final Map<String, List<Candidate>> byOtherLabel = new HashMap<>();

    Pool(Side side, Split split) {
        modality = side.modality();
        all = side.candidates().stream()
                .filter(candidate -> candidate.split() == split)
                .toList();
        all.forEach(candidate -> byLabel.computeIfAbsent(candidate.label(), label -> new ArrayList<>())
                .add(candidate));
    }

    Modality modality() {
        return modality;
    }

    /** All candidates, in the data set's order. */
    List<Candidate> all() {
        return all;
    }

    boolean has(String label) {
        return byLabel.containsKey(label);
    }

    /** A random candidate of a label, where there is one. */
    Optional<Candidate> draw(String label, Random random) {
        return random(byLabel.getOrDefault(label, List.of()), random);
    }

    /** A random candidate of any other label, where there is one. */
    Optional<Candidate> drawOther(String label, Random random) {
        List<Candidate> others = byOtherLabel.computeIfAbsent(label, own -> all.stream()
                .filter(candidate -> !candidate.label().equals(own))
                .toList());
        return random(others, random);
    }

    private static Optional<Candidate> random(List<Candidate> candidates, Random random) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }
}
