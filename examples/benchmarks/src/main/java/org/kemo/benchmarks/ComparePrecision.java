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
import org.kemo.api.service.ModelPrecision;

/**
 * mBERT in float32 and in fewer bits, one text at a time and many, in rounds, in each of them both one after the other. Prints how many times
 * as fast fewer bits are, and how alike the vectors.
 */
public final class ComparePrecision {
    private static final int THREADS = 2;

    private ComparePrecision() {}

    /**
     * Compares.
     *
     * @param arguments a file with one text in each line, the number of rounds, and {@code int8} or {@code float16}
     */
    public static void main(String[] arguments) throws IOException {
        List<Source> texts = Files.readAllLines(Path.of(arguments[0])).stream()
                .<Source>map(Source.Text::new)
                .toList();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        ModelPrecision fewer = arguments.length > 2
                ? ModelPrecision.valueOf(arguments[2].toUpperCase(Locale.ROOT))
                : ModelPrecision.INT8;
        try (Encoders encoders = new Encoders(THREADS, false)) {
            PretrainedEncoder full = encoders.open("mbert", ModelPrecision.FLOAT32);
            PretrainedEncoder small = encoders.open("mbert", fewer);
            for (int batch : List.of(1, 128)) {
                List<float[]> fullVectors = new ArrayList<>();
                List<float[]> smallVectors = new ArrayList<>();
                Encoders.encode(full, texts, batch, fullVectors);
                Encoders.encode(small, texts, batch, smallVectors);
                List<Double> ratios = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    boolean fullFirst = round % 2 == 0;
                    double first = Encoders.encode(fullFirst ? full : small, texts, batch);
                    double second = Encoders.encode(fullFirst ? small : full, texts, batch);
                    ratios.add(fullFirst ? first / second : second / first);
                }
                double[] cosines = IntStream.range(0, texts.size())
                        .mapToDouble(n -> cosine(fullVectors.get(n), smallVectors.get(n)))
                        .sorted()
                        .toArray();
                System.out.printf(
                        Locale.ROOT,
                        "%d texts, %d at a time: %s %.2f times as fast (%.2f to %.2f in %d rounds), cosine similarity"
                                + " %.3f, least %.3f%n",
                        texts.size(),
                        batch,
                        fewer.name().toLowerCase(Locale.ROOT),
                        Median.of(ratios),
                        ratios.stream().min(Double::compare).orElseThrow(),
                        ratios.stream().max(Double::compare).orElseThrow(),
                        rounds,
                        IntStream.range(0, cosines.length)
                                .mapToDouble(n -> cosines[n])
                                .average()
                                .orElseThrow(),
                        cosines[0]);
            }
        }
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
