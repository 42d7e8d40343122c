package org.kemo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link SessionBenchmark} in rounds, in each of them both ways one after the other, so that other work on the machine meets both,
 * and prints the medians and the median of the rounds' ratios.
 */
public final class CompareSessions {
    private CompareSessions() {}

    /**
     * Compares.
     *
     * @param arguments the ONNX file, the number of rounds, and {@code cuda:N} for a CUDA device
     */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        String device = arguments.length > 2 ? arguments[2] : "cpu";
        for (int texts : List.of(1, 32)) {
            List<Double> bare = new ArrayList<>();
            List<Double> pool = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                // Whoever comes first in one round comes second in the next.
                boolean bareFirst = round % 2 == 0;
                double first = milliseconds(bareFirst ? "bare" : "pool", arguments[0], texts, device);
                double second = milliseconds(bareFirst ? "pool" : "bare", arguments[0], texts, device);
                bare.add(bareFirst ? first : second);
                pool.add(bareFirst ? second : first);
                ratios.add(pool.get(round) / bare.get(round));
            }
            System.out.printf(
                    Locale.ROOT,
                    "texts %d: bare %.2f ms, pool %.2f ms, pool / bare %.4f (%.4f to %.4f in %d rounds)%n",
                    texts,
                    Median.of(bare),
                    Median.of(pool),
                    Median.of(ratios),
                    ratios.stream().min(Double::compare).orElseThrow(),
                    ratios.stream().max(Double::compare).orElseThrow(),
                    rounds);
        }
    }

    private static double milliseconds(String method, String model, int texts, String device)
            throws RunnerException {
        Options options = new OptionsBuilder()
                .include("SessionBenchmark\\." + method + "$")
                .param("model", model)
                .param("texts", Integer.toString(texts))
                .param("device", device)
                // One process, so that both ways have the same environment and threads.
                .forks(0)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(3))
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options).runSingle().getPrimaryResult().getScore();
    }
}
