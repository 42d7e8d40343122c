package org.kemo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.PretrainedEncoder;

/**
 * mBERT in two settings, such as float32 and int8, one text at a time and many, in rounds, in each of them both one after the other.
 * Prints how many times as fast the second is, and how alike the vectors.
 */
public final class ComparePrecision {
    private static final int THREADS = 2;

    private ComparePrecision() {}

    /**
     * Compares.
     *
     * @param arguments a file with one text in each line, the number of rounds, the two settings ({@code int8}, {@code float16@cuda:0}), and
     *     the model, where it is another than mBERT
     */
    public static void main(String[] arguments) throws IOException {
        List<Source> texts = Files.readAllLines(Path.of(arguments[0])).stream()
                .<Source>map(Source.Text::new)
                .toList();
        int rounds = Integer.parseInt(arguments[1]);
        Setting one = Setting.parse(arguments[2]);
        Setting other = Setting.parse(arguments[3]);
        String model = arguments.length > 4 ? arguments[4] : "mbert";
        try (Encoders encoders = new Encoders(THREADS, false)) {
            PretrainedEncoder first = encoders.open(model, one);
            PretrainedEncoder second = encoders.open(model, other);
            for (int batch : List.of(1, 32, 128)) {
                List<float[]> firstVectors = new ArrayList<>();
                List<float[]> secondVectors = new ArrayList<>();
                Encoders.encode(first, texts, batch, firstVectors);
                Encoders.encode(second, texts, batch, secondVectors);
                List<Double> seconds = new ArrayList<>();
                List<Double> ratios = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    // Whoever comes first in one round comes second in the next.
                    boolean inOrder = round % 2 == 0;
                    double before = Encoders.encode(inOrder ? first : second, texts, batch);
                    double after = Encoders.encode(inOrder ? second : first, texts, batch);
                    seconds.add(inOrder ? after : before);
                    ratios.add(inOrder ? before / after : after / before);
                }
                double[] cosines = IntStream.range(0, texts.size())
                        .mapToDouble(n -> cosine(firstVectors.get(n), secondVectors.get(n)))
                        .sorted()
                        .toArray();
                System.out.printf(
                        Locale.ROOT,
                        "%d texts, %d at a time: %s %.2f times as fast as %s (%.2f to %.2f in %d rounds; %.0f texts a second),"
                                + " cosine similarity %.6f, least %.6f, largest difference %.1e%n",
                        texts.size(),
                        batch,
                        other,
                        Median.of(ratios),
                        one,
                        ratios.stream().min(Double::compare).orElseThrow(),
                        ratios.stream().max(Double::compare).orElseThrow(),
                        rounds,
                        texts.size() / Median.of(seconds),
                        IntStream.range(0, cosines.length)
                                .mapToDouble(n -> cosines[n])
                                .average()
                                .orElseThrow(),
                        cosines[0],
                        IntStream.range(0, texts.size())
                                .mapToDouble(n -> farthest(firstVectors.get(n), secondVectors.get(n)))
                                .max()
                                .orElseThrow());
            }
        }
    }

    private static double farthest(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(d -> Math.abs((double) a[d] - b[d]))
                .max()
                .orElseThrow();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int d = 0; d < a.length; d++) {
            product += (double) a[d] * b[d];
            squaresOfA += (double) a[d] * a[d];
            squaresOfB += (double) b[d] * b[d];
        }
        return product / Math.sqrt(squaresOfA * squaresOfB);
    }
}
