package org.kemo.runtime.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;

/**
 * How far raters agree. A figure that is not defined is empty, and a note says why.
 *
 * @param items in the file
 * @param labels that were given
 * @param level what the labels are
 * @param categories how often each label was given, in the order of the labels
 * @param observedAgreement the share of items with the same label, 0 to 1, as the mean over all pairs of raters that share an item
 * @param cohenKappa of every two raters
 * @param fleissKappa over the items that have as many labels as most of those with two or more
 * @param krippendorffAlpha at this level, over all items with two labels or more
 * @param ratings means and deviations, where all labels are numbers
 * @param notes what a reader of the figures has to know
 */
public record Agreement(
        int items,
        int labels,
        MeasurementLevel level,
        List<Category> categories,
        OptionalDouble observedAgreement,
        CohenSummary cohenKappa,
        OptionalDouble fleissKappa,
        OptionalDouble krippendorffAlpha,
        Optional<Ratings> ratings,
        List<String> notes) {
    /**
     * How often a label was given.
     *
     * @param label the label
     * @param count by all raters
     * @param raters by each rater
     */
    public record Category(String label, int count, Map<String, Integer> raters) {}

    /** Copies the lists. */
    public Agreement {
        categories = List.copyOf(categories);
        notes = List.copyOf(notes);
    }

    /**
     * The figures.
     *
     * @param order of the labels from the least to the most; empty where they are numbers or have none
     * @throws KemoException category CONFIGURATION, where the labels are not of this level, or some are not in the order
     */
    public static Agreement of(Annotations annotations, MeasurementLevel level, List<String> order) {
        Categories categories = Categories.of(annotations.given(), level, order);
        List<PairAgreement> pairs = annotations.pairs().stream()
                .map(pair -> PairAgreement.of(annotations, pair[0], pair[1], level, categories))
                .toList();
        List<long[]> counts = annotations.items().stream()
                .map(item -> categories.count(Annotations.given(item)))
                .toList();
        long raters = usualNumberOfLabels(counts);
        List<long[]> alike = counts.stream()
                .filter(item -> Arrays.stream(item).sum() == raters)
                .toList();
        Optional<Ratings> ratings = Ratings.of(annotations);
        List<String> notes = new ArrayList<>();
        if (alike.size() < counts.size()) {
            notes.add("Fleiss' kappa is over the [" + alike.size() + "] items with [" + raters + "] labels each.");
        }
        notes.addAll(notesOnPairs(pairs));
        if (ratings.isPresent() && level == MeasurementLevel.NOMINAL) {
            notes.add("All labels are numbers: at --level ordinal or interval 4 and 5 disagree less than 1 and 5.");
        }
        OptionalDouble fleiss = FleissKappa.of(alike);
        OptionalDouble alpha = KrippendorffAlpha.of(counts, level, categories);
        if (fleiss.isEmpty()) {
            notes.add("The [" + alike.size() + "] items with [" + raters + "] labels were given one label throughout:"
                    + " where chance cannot disagree, Fleiss' kappa is not defined.");
        }
        if (alpha.isEmpty()) {
            notes.add("All items with two labels or more were given one label throughout: where chance cannot disagree,"
                    + " Krippendorff's alpha is not defined.");
        }
        return new Agreement(
                annotations.items().size(),
                annotations.given().size(),
                level,
                counted(annotations, categories),
                CohenSummary.mean(pairs, PairAgreement::observedAgreement),
                CohenSummary.of(pairs),
                fleiss,
                alpha,
                ratings,
                notes);
    }

    /** That of most items with two labels or more; of two numbers that are as frequent the larger one. */
    private static long usualNumberOfLabels(List<long[]> counts) {
        Map<Long, Integer> frequency = new TreeMap<>();
        for (long[] item : counts) {
            long labels = Arrays.stream(item).sum();
            if (labels > 1) {
                frequency.merge(labels, 1, Integer::sum);
            }
        }
        return frequency.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    private static List<String> notesOnPairs(List<PairAgreement> pairs) {
        List<String> notes = new ArrayList<>();
        long apart = pairs.stream().filter(pair -> pair.items() == 0).count();
        if (apart > 0) {
            notes.add("Of the [" + pairs.size() + "] pairs of raters [" + apart
                    + "] share no item; the means are over the others.");
        }
        long undefined = pairs.stream()
                .filter(pair -> pair.items() > 0 && pair.kappa().isEmpty())
                .count();
        if (undefined > 0) {
            notes.add("Of the [" + pairs.size() + "] pairs of raters [" + undefined
                    + "] gave one and the same label throughout: their Cohen's kappa is not defined and in no mean.");
        }
        return notes;
    }

    private static List<Category> counted(Annotations annotations, Categories categories) {
        List<long[]> byRater = IntStream.range(0, annotations.raters().size())
                .mapToObj(r -> categories.count(annotations.givenBy(r)))
                .toList();
        return IntStream.range(0, categories.size())
                .mapToObj(c -> {
                    Map<String, Integer> raters = new LinkedHashMap<>();
                    IntStream.range(0, byRater.size())
                            .forEach(r -> raters.put(annotations.raters().get(r), (int) byRater.get(r)[c]));
                    int count =
                            raters.values().stream().mapToInt(Integer::intValue).sum();
                    return new Category(categories.names().get(c), count, raters);
                })
                .toList();
    }
}
