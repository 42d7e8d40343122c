package org.kemo.runtime.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * How far one variant is ahead of another over the same trials (same seed, same fold). Differences are rounded to 1e-12 before all else:
 * those that are equal but for how fractions are rounded count as ties.
 *
 * @param a the variant
 * @param b the one that it is compared with
 * @param metric the figure
 * @param n the number of paired trials
 * @param difference the mean of a - b, in the metric's own unit
 * @param relativeImprovement (mean a - mean b) / mean b, a ratio (eq. 14); NaN where mean b is 0
 * @param t Student's statistic of the paired differences; 0 where all differences are 0, infinite where they are another number
 *     throughout, NaN for a single trial
 * @param df its degrees of freedom, n - 1
 * @param p two-sided; 1 where all differences are 0, 0 where they are another number throughout, NaN for a single trial
 * @param wilcoxonP two-sided, of Wilcoxon's signed rank test without the differences that are 0; exact up to 50 differences,
 *     whether or not there are ties, else by the normal approximation without continuity correction; NaN for a single trial
 * @param resampledP two-sided, of the t-test for trials that share training data (Nadeau and Bengio, 2003): the variance grows by
 *     test size over training size; NaN where sizes are not known. Where all differences are one number other than 0, which leaves no
 *     variance to go by, that of the exact test that flips their signs: 2^(1 - n), which is below 0.05 from 6 trials on
 * @param holmP resampledP, or p where that is not known, after Holm's correction over the comparisons of the table
 * @param effectSize Cohen's d of the paired differences: their mean over their deviation; NaN where that is 0, and for a single trial
 * @param ci95 the 95 % bootstrap percentile interval of the mean difference; its ends are NaN for a single trial
 */
public record PairedComparison(
        String a,
        String b,
        String metric,
        int n,
        double difference,
        double relativeImprovement,
        double t,
        double df,
        double p,
        double wilcoxonP,
        double resampledP,
        double holmP,
        double effectSize,
        List<Double> ci95) {
    private static final int LARGEST_EXACT = 50;
    private static final int RESAMPLES = 10_000;
    private static final double LEVEL = 0.05;
    /** Of a unit of the metric. */
    private static final double STEPS = 1e12;

    /** Copies the interval. */
    public PairedComparison {
        ci95 = List.copyOf(ci95);
    }

    /**
     * Compares the values of two variants.
     *
     * @param valuesA by trial
     * @param valuesB by trial, in the same order
     * @param testShare size of the test side over that of the training side; NaN where it is not known
     * @param seed of the bootstrap
     */
    public static PairedComparison of(
            String a, String b, String metric, double[] valuesA, double[] valuesB, double testShare, long seed) {
        if (valuesA.length != valuesB.length || valuesA.length == 0) {
            throw new IllegalArgumentException(
                    "Trials are paired, not " + valuesA.length + " and " + valuesB.length + " of " + a + " and " + b);
        }
        int n = valuesA.length;
        double[] differences = IntStream.range(0, n)
                .mapToDouble(i -> rounded(valuesA[i] - valuesB[i]))
                .toArray();
        double mean = rounded(mean(differences));
        double deviation = deviation(differences, mean);
        double meanB = mean(valuesB);
        boolean same = Arrays.stream(differences).allMatch(each -> each == 0);
        double t = n < 2 ? Double.NaN : same ? 0 : mean / (deviation / Math.sqrt(n));
        double p = n < 2
                ? Double.NaN
                : same
                        ? 1
                        : deviation == 0
                                ? 0
                                : TTest.withDefaults()
                                        .test(mean, deviation * deviation, n)
                                        .getPValue();
        double resampledP = n < 2 || Double.isNaN(testShare)
                ? Double.NaN
                : same ? 1 : deviation == 0 ? Math.pow(2, 1 - n) : resampled(mean, deviation, n, testShare);
        return new PairedComparison(
                a,
                b,
                metric,
                n,
                mean,
                meanB == 0 ? Double.NaN : (mean(valuesA) - meanB) / meanB,
                t,
                n - 1,
                p,
                wilcoxon(differences),
                resampledP,
                tested(resampledP, p),
                deviation == 0 ? Double.NaN : mean / deviation,
                bootstrap(differences, seed));
    }

    /**
     * The comparisons of one table with what each is tested by, {@link #testedP}, corrected together (Holm, 1979). Those that are NaN do not
     * count.
     */
    public static List<PairedComparison> corrected(List<PairedComparison> table) {
        List<Integer> order = IntStream.range(0, table.size())
                .filter(i -> !Double.isNaN(table.get(i).testedP()))
                .boxed()
                .sorted((i, j) ->
                        Double.compare(table.get(i).testedP(), table.get(j).testedP()))
                .toList();
        double[] adjusted =
                table.stream().mapToDouble(PairedComparison::testedP).toArray();
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int i = order.get(rank);
            largest = Math.max(
                    largest, Math.min(1, (order.size() - rank) * table.get(i).testedP()));
            adjusted[i] = largest;
        }
        return IntStream.range(0, table.size())
                .mapToObj(i -> table.get(i).withHolm(adjusted[i]))
                .toList();
    }

    /**
     * What the verdict goes by before correction: resampledP, or p where that is not known. Folds share training data, and seeds score the
     * same utterances again, so that trials tell less than as many that are independent, for which p alone would do.
     */
    public double testedP() {
        return tested(resampledP, p);
    }

    private static double tested(double resampledP, double p) {
        return Double.isNaN(resampledP) ? p : resampledP;
    }

    /** Whether the difference is significant at 5 % after correction. */
    public boolean significant() {
        return holmP < LEVEL;
    }

    /** What the comparison says, one sentence. */
    public String words() {
        if (n < 2) {
            return "A single trial says nothing about significance.";
        }
        if (difference == 0) {
            return "No difference.";
        }
        String direction = difference > 0 ? "ahead" : "behind";
        return significant()
                ? "Significantly " + direction + "."
                : "Not significant: " + direction + " by no more than chance may give.";
    }

    private PairedComparison withHolm(double adjusted) {
        return new PairedComparison(
                a,
                b,
                metric,
                n,
                difference,
                relativeImprovement,
                t,
                df,
                p,
                wilcoxonP,
                resampledP,
                adjusted,
                effectSize,
                ci95);
    }

    private static double resampled(double mean, double deviation, int n, double testShare) {
        // The library's t of a mean with this variance over n: scaled so that variance / n is what Nadeau and Bengio
        // say.
        double variance = deviation * deviation * (1 + n * testShare);
        return TTest.withDefaults().test(mean, variance, n).getPValue();
    }

    private static double wilcoxon(double[] differences) {
        if (differences.length < 2) {
            return Double.NaN;
        }
        double[] different =
                Arrays.stream(differences).filter(each -> each != 0).toArray();
        if (different.length == 0) {
            return 1;
        }
        return different.length <= LARGEST_EXACT
                ? exactWilcoxon(different)
                : WilcoxonSignedRankTest.withDefaults()
                        .with(PValueMethod.ASYMPTOTIC)
                        .with(ContinuityCorrection.DISABLED)
                        .test(different)
                        .getPValue();
    }

    /** Counts over all 2^n signs of the ranks, which the library does only without ties. The mean rank of ties may be half a number. */
    private static double exactWilcoxon(double[] differences) {
        double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
        int[] ranks =
                Arrays.stream(sizes).mapToInt(size -> doubledRank(size, sizes)).toArray();
        int all = Arrays.stream(ranks).sum();
        long[] ways = new long[all + 1];
        ways[0] = 1;
        for (int rank : ranks) {
            for (int sum = all; sum >= rank; sum--) {
                ways[sum] += ways[sum - rank];
            }
        }
        int ahead = IntStream.range(0, ranks.length)
                .filter(i -> differences[i] > 0)
                .map(i -> ranks[i])
                .sum();
        long asFar = Arrays.stream(ways, 0, Math.min(ahead, all - ahead) + 1).sum();
        return Math.min(1, 2.0 * asFar / (1L << ranks.length));
    }

    private static int doubledRank(double size, double[] sizes) {
        long below = Arrays.stream(sizes).filter(each -> each < size).count();
        long upTo = Arrays.stream(sizes).filter(each -> each <= size).count();
        return Math.toIntExact(below + upTo + 1);
    }

    private static List<Double> bootstrap(double[] differences, long seed) {
        if (differences.length < 2) {
            return List.of(Double.NaN, Double.NaN);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[r] = sum / differences.length;
        }
        Arrays.sort(means);
        return List.of(quantile(means, 0.025), quantile(means, 0.975));
    }

    /** Between the two nearest values, as {@code numpy.quantile}. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Two differences of the same counts are to be one number, which those of two fractions are not; and never -0. */
    private static double rounded(double difference) {
        return Math.rint(difference * STEPS) / STEPS + 0.0;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }
}
