package org.kemo.runtime.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;

/**
 * How well predictions agree with the truth, as {@code kemo evaluate} writes it. The definitions, and what happens to classes
 * that do not occur, are scikit-learn's with {@code zero_division=0}.
 *
 * @param n how many utterances were scored
 * @param accuracy the share that was recognised
 * @param balancedAccuracy the mean recall of the classes that occur in the truth
 * @param macroF1 the mean F1 of the classes that occur in the truth or among the predictions
 * @param weightedF1 the mean F1 of the classes, weighted by how often they occur in the truth
 * @param precision the mean precision of the classes that occur in the truth or among the predictions
 * @param recall the mean recall of the same classes
 * @param aucRoc the mean area under the receiver operating characteristic, each class against the rest, over the classes that
 *     occur in the truth; empty where it holds fewer than two
 * @param logLoss the mean negative logarithm of the probability of the true class, in nats
 * @param calibrationError the expected calibration error over 15 bins (Guo et al., 2017)
 * @param confusion how often each class was taken for each
 * @param classes the figures of each class, in the order of the label space
 * @param notes sentences that a reader of these figures has to know
 */
public record Metrics(
        int n,
        double accuracy,
        double balancedAccuracy,
        double macroF1,
        double weightedF1,
        double precision,
        double recall,
        OptionalDouble aucRoc,
        double logLoss,
        double calibrationError,
        Confusion confusion,
        List<ClassMetrics> classes,
        List<String> notes) {
    // What scikit-learn takes for 64-bit numbers, so that a probability of 0 costs a finite amount.
    private static final double SMALLEST_PROBABILITY = Math.ulp(1.0);
    private static final double SUM_TOLERANCE = 1e-3;

    /** Copies the lists. */
    public Metrics {
        classes = List.copyOf(classes);
        notes = List.copyOf(notes);
    }

    /**
     * The figures of these predictions. The class that is predicted is the most probable, of equal ones the first.
     *
     * @param labels the classes, C
     * @param truth the position of the true class of each utterance, [n], n at least 1
     * @param probabilities [n, C], each row with sum 1
     * @throws KemoException category INPUT, where there is no utterance
     */
    public static Metrics of(LabelSpace labels, int[] truth, FloatTensor probabilities) {
        check(labels, truth, probabilities);
        Confusion confusion = Confusion.of(labels, truth, probabilities);
        List<ClassMetrics> classes = IntStream.range(0, labels.size())
                .mapToObj(label -> ClassMetrics.of(confusion, label))
                .toList();
        List<ClassMetrics> inTruth =
                classes.stream().filter(metrics -> metrics.support() > 0).toList();
        List<ClassMetrics> inEither = confusion.inEither();
        return new Metrics(
                truth.length,
                confusion.accuracy(),
                mean(inTruth, ClassMetrics::recall),
                confusion.macroF1(),
                classes.stream()
                                .mapToDouble(metrics -> metrics.f1() * metrics.support())
                                .sum()
                        / truth.length,
                mean(inEither, ClassMetrics::precision),
                mean(inEither, ClassMetrics::recall),
                IntStream.range(0, labels.size())
                        .mapToObj(label -> RocArea.oneVersusRest(label, truth, probabilities))
                        .flatMapToDouble(OptionalDouble::stream)
                        .average(),
                logLoss(truth, probabilities),
                Calibration.expectedError(truth, probabilities),
                confusion,
                classes,
                notes(labels, inTruth));
    }

    private static void check(LabelSpace labels, int[] truth, FloatTensor probabilities) {
        if (truth.length == 0) {
            throw KemoException.input(
                    "There are [0] utterances with a label to score.",
                    "Check the data set and the split that is asked for.");
        }
        if (probabilities.rank() != 2
                || probabilities.size(0) != truth.length
                || probabilities.size(1) != labels.size()) {
            throw new IllegalArgumentException("The probabilities of " + truth.length + " utterances and "
                    + labels.size() + " classes are not " + probabilities);
        }
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] < 0 || truth[i] >= labels.size()) {
                throw new IllegalArgumentException("The class " + truth[i] + " of row " + i + " is none of " + labels);
            }
            double sum = 0;
            for (int c = 0; c < labels.size(); c++) {
                sum += probabilities.at(i, c);
            }
            // Written so that a sum that is not a number is refused too.
            if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException(
                        "The probabilities of row " + i + " have the sum " + sum + ", not 1");
            }
        }
    }

    private static double mean(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> figure) {
        return classes.stream().mapToDouble(figure).average().orElse(0);
    }

    private static double logLoss(int[] truth, FloatTensor probabilities) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double p = probabilities.at(i, truth[i]);
            sum -= Math.log(Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, p)));
        }
        return sum / truth.length;
    }

    private static List<String> notes(LabelSpace labels, List<ClassMetrics> inTruth) {
        List<String> absent = new ArrayList<>(labels.labels());
        absent.removeAll(inTruth.stream().map(ClassMetrics::label).toList());
        if (absent.isEmpty()) {
            return List.of();
        }
        return List.of("No utterance is of the classes " + absent
                + ": balancedAccuracy and aucRoc are means over the others"
                + (inTruth.size() < 2 ? ", and with one class left there is no aucRoc." : "."));
    }
}
