package org.kemo.dynamicgraph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.kemo.api.Modality;

/**
 * A vertex of the graph: a non-empty subset of the modalities.
 *
 * @param places of its modalities in the configuration, from 0, ascending
 */
record ModalitySubset(List<Integer> places) {
    /** Copies the list. */
    ModalitySubset {
        places = List.copyOf(places);
    }

    /** All non-empty subsets of that many modalities: small ones first, those of one size in the order of their places. */
    static List<ModalitySubset> all(int modalities) {
        List<Integer> places = IntStream.range(0, modalities).boxed().toList();
        return subsets(places);
    }

    /** All that are in this one but itself, in the same order. */
    List<ModalitySubset> proper() {
        List<ModalitySubset> all = subsets(places);
        return all.subList(0, all.size() - 1);
    }

    private static List<ModalitySubset> subsets(List<Integer> places) {
        List<ModalitySubset> all = new ArrayList<>();
        for (int chosen = 1; chosen < 1 << places.size(); chosen++) {
            int bits = chosen;
            all.add(new ModalitySubset(IntStream.range(0, places.size())
                    .filter(i -> (bits >> i & 1) == 1)
                    .mapToObj(places::get)
                    .toList()));
        }
        all.sort(Comparator.comparing(ModalitySubset::size).thenComparing(ModalitySubset::inOrder));
        return all;
    }

    int size() {
        return places.size();
    }

    /** Letters that sort as the places do. */
    private String inOrder() {
        return places.stream().map(place -> Character.toString('a' + place)).collect(Collectors.joining());
    }

    /** Its name in parameters and diagnostics: {@code audio+text}. */
    String name(List<Modality> modalities) {
        return places.stream().map(place -> modalities.get(place).name()).collect(Collectors.joining("+"));
    }
}
