package org.kemo.runtime.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.kemo.api.KemoException;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.configuration.StageConfiguration.Grouping;

/**
 * Parts utterances into folds for cross-validation, so that whole groups stay together and each fold has about the classes of the
 * whole. The algorithm is that of scikit-learn's {@code StratifiedGroupKFold}: groups come in the order of how unevenly they hold the
 * classes, and each goes to the fold that leaves the shares of the classes most alike.
 *
 * @param count the number of folds, 2 or more
 * @param grouping whole speakers (or videos, or whatever {@link Utterance#speaker()} names) or single utterances; utterances whose
 *     speaker is not known stand alone
 * @param seed by which groups are shuffled before; empty to keep the order of their names
 */
public record Folds(int count, Grouping grouping, OptionalLong seed) {
    /** Checks the number. */
    public Folds {
        if (count < 2) {
            throw KemoException.configuration("The number of folds is [" + count + "].", "Give 2 or more.");
        }
    }

    /**
     * The folds, each in the order of the utterances given.
     *
     * @param utterances with distinct ids
     * @throws KemoException category INPUT, where there are fewer groups than folds
     */
    public List<List<Utterance>> of(List<Utterance> utterances) {
        List<String> labels = utterances.stream()
                .map(utterance -> utterance.label().orElse(""))
                .distinct()
                .sorted()
                .toList();
        Map<String, List<Utterance>> groups = new TreeMap<>();
        for (Utterance utterance : utterances) {
            groups.computeIfAbsent(group(utterance), key -> new ArrayList<>()).add(utterance);
        }
        if (groups.size() < count) {
            throw KemoException.input(
                    "Of [" + groups.size() + "] " + (grouping == Grouping.SPEAKER ? "speakers" : "utterances")
                            + " there cannot be [" + count + "] folds.",
                    "Give more data, or ask for fewer folds.");
        }
        List<List<Utterance>> order = new ArrayList<>(groups.values());
        seed.ifPresent(value -> Collections.shuffle(order, new Random(value)));
        double[] total = counts(utterances, labels);
        order.sort(Comparator.comparingDouble(group -> -deviation(counts(group, labels))));
        double[][] perFold = new double[count][labels.size()];
        Map<String, Integer> foldOf = new LinkedHashMap<>();
        for (List<Utterance> group : order) {
            double[] counts = counts(group, labels);
            int fold = best(perFold, total, counts);
            add(perFold[fold], counts, 1);
            group.forEach(utterance -> foldOf.put(utterance.id(), fold));
        }
        List<List<Utterance>> folds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int fold = i;
            folds.add(utterances.stream()
                    .filter(utterance -> foldOf.get(utterance.id()) == fold)
                    .toList());
        }
        return folds;
    }

    private String group(Utterance utterance) {
        return grouping == Grouping.SPEAKER && utterance.speaker().isPresent()
                ? "speaker " + utterance.speaker().get()
                : "utterance " + utterance.id();
    }

    private static int best(double[][] perFold, double[] total, double[] counts) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        double fewest = Double.POSITIVE_INFINITY;
        for (int fold = 0; fold < perFold.length; fold++) {
            add(perFold[fold], counts, 1);
            double unevenness = unevenness(perFold, total);
            add(perFold[fold], counts, -1);
            double size = sum(perFold[fold]);
            if (unevenness < least || (isClose(unevenness, least) && size < fewest)) {
                best = fold;
                least = unevenness;
                fewest = size;
            }
        }
        return best;
    }

    /** As {@code numpy.isclose}. */
    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
    }

    /** The mean over the classes of the deviation of their shares over the folds. */
    private static double unevenness(double[][] perFold, double[] total) {
        double sum = 0;
        for (int label = 0; label < total.length; label++) {
            double[] shares = new double[perFold.length];
            for (int fold = 0; fold < perFold.length; fold++) {
                shares[fold] = perFold[fold][label] / total[label];
            }
            sum += deviation(shares);
        }
        return sum / total.length;
    }

    private static double[] counts(Collection<Utterance> utterances, List<String> labels) {
        double[] counts = new double[labels.size()];
        utterances.forEach(utterance -> counts[labels.indexOf(utterance.label().orElse(""))]++);
        return counts;
    }

    private static void add(double[] to, double[] values, int sign) {
        for (int i = 0; i < to.length; i++) {
            to[i] += sign * values[i];
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double deviation(double[] values) {
        double mean = sum(values) / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
