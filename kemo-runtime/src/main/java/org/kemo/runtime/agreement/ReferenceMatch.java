package org.kemo.runtime.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;

/**
 * How many labels a reference confirms.
 *
 * @param labels that were compared
 * @param matchingRate the share of those that equal the reference, 0 to 1
 * @param raters the same for each rater; empty for one of whom no label was compared
 * @param items whose most frequent label was compared
 * @param majorityRate the share of those items, 0 to 1; empty where there is none
 * @param ties items that have no most frequent label
 */
public record ReferenceMatch(
        int labels,
        double matchingRate,
        Map<String, OptionalDouble> raters,
        int items,
        OptionalDouble majorityRate,
        int ties) {
    private record Compared(List<Optional<String>> labels, String reference) {}

    /**
     * Compares labels with the reference.
     *
     * @param map what a label is in the words of the reference; a label that is not in it stands for itself, and one that stands for an
     *     empty word is left out
     * @throws KemoException category INPUT, where no item has a reference and a label; category CONFIGURATION, where a label
     *     stands for nothing that the reference says, or the map speaks of a label that does not occur, or of one number twice
     */
    public static ReferenceMatch of(Annotations annotations, Map<String, String> map) {
        Map<String, String> words = alike(map, annotations.given());
        Set<String> known = annotations.items().stream()
                .flatMap(item -> item.reference().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        check(new TreeSet<>(annotations.given()), known, words);
        List<Compared> compared = annotations.items().stream()
                .filter(item -> item.reference().isPresent())
                .map(item -> new Compared(
                        item.labels().stream()
                                .map(label -> label.map(each -> words.getOrDefault(each, each))
                                        .filter(each -> !each.isEmpty()))
                                .toList(),
                        item.reference().get()))
                .toList();
        Map<String, OptionalDouble> raters = new LinkedHashMap<>();
        List<Boolean> all = new ArrayList<>();
        for (int r = 0; r < annotations.raters().size(); r++) {
            int rater = r;
            List<Boolean> matches = compared.stream()
                    .flatMap(item -> item.labels().get(rater).map(label -> label.equals(item.reference())).stream())
                    .toList();
            raters.put(annotations.raters().get(r), rate(matches));
            all.addAll(matches);
        }
        OptionalDouble rate = rate(all);
        if (rate.isEmpty()) {
            throw KemoException.input(
                    "No item has both a reference and a label that can be compared with it.",
                    "Fill in the column of --reference, or leave out less with --map.");
        }
        List<Boolean> majorities = new ArrayList<>();
        int ties = 0;
        for (Compared item : compared) {
            List<String> most = mostFrequent(
                    item.labels().stream().flatMap(Optional::stream).toList());
            if (most.size() == 1) {
                majorities.add(most.get(0).equals(item.reference()));
            } else if (most.size() > 1) {
                ties++;
            }
        }
        return new ReferenceMatch(all.size(), rate.getAsDouble(), raters, majorities.size(), rate(majorities), ties);
    }

    /** Numbers as the annotations have them. */
    private static Map<String, String> alike(Map<String, String> map, List<String> given) {
        UnaryOperator<String> alike = NumericLabel.alike(given);
        Map<String, String> words = new LinkedHashMap<>();
        map.forEach((label, word) -> {
            if (words.put(alike.apply(label), alike.apply(word)) != null) {
                throw KemoException.configuration(
                        "The map " + map + " speaks of [" + alike.apply(label) + "] twice.",
                        "Keep the one that counts.");
            }
        });
        return words;
    }

    private static void check(Set<String> labels, Set<String> known, Map<String, String> map) {
        for (String label : map.keySet()) {
            if (!labels.contains(label)) {
                throw KemoException.configuration(
                        "The map speaks of [" + label + "], which is none of the labels " + labels + ".",
                        "Correct --map.");
            }
        }
        Set<String> unknown = labels.stream()
                .filter(label -> !known.contains(map.getOrDefault(label, label)))
                // Said in so many words to be left out, or to be a word of the reference that happens not to occur.
                .filter(label -> !map.containsKey(label) || !Set.of("", label).contains(map.get(label)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!known.isEmpty() && !unknown.isEmpty()) {
            throw KemoException.configuration(
                    "The labels " + unknown + " stand for none of the reference's " + known + ".",
                    "Say what each is with --map LABEL=WORD, or leave it out with --map LABEL=; LABEL=LABEL is the same word.");
        }
    }

    private static List<String> mostFrequent(List<String> labels) {
        Map<String, Long> counts =
                labels.stream().collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return counts.entrySet().stream()
                .filter(each -> each.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static OptionalDouble rate(List<Boolean> matches) {
        return matches.stream().mapToInt(match -> match ? 1 : 0).average();
    }
}
