package org.kemo.mfcc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Figures of another implementation; README.md beside the files says which. */
final class Reference {
    private Reference() {}

    /** The cells of each line. */
    static List<String[]> lines(String file) throws IOException {
        try (InputStream stream = Reference.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(","))
                    .toList();
        }
    }

    /** The numbers of a line from a cell on. */
    static double[] numbers(String[] line, int from) {
        return Arrays.stream(line, from, line.length)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** The Euclidean norm of the difference over that of the reference. */
    static double relativeDifference(double[] actual, double[] reference) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < reference.length; i++) {
            difference += (actual[i] - reference[i]) * (actual[i] - reference[i]);
            norm += reference[i] * reference[i];
        }
        return Math.sqrt(difference / norm);
    }
}
