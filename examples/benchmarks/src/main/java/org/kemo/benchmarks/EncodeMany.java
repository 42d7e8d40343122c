package org.kemo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.service.ModelPrecision;

/** Encodes many lines and prints what the process holds: on a machine in order, as much at the end as after the first. */
public final class EncodeMany {
    private static final int REPORT = 5_000;
    private static final int BATCH = 32;
    private static final int MOST_WORDS = 30;
    private static final double MEBIBYTE = 1 << 20;
    private static final List<String> WORDS =
            List.of("мен", "бүгін", "қуаныштымын", "day", "sad", "happy", "жақсы", "кеше", "what", "күн");

    private EncodeMany() {}

    /**
     * Encodes.
     *
     * @param arguments the model ({@code mbert}, {@code file:FOLDER}) and the number of lines
     */
    public static void main(String[] arguments) throws IOException {
        String model = arguments.length > 0 ? arguments[0] : "mbert";
        int lines = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        Random random = new Random(1);
        try (Encoders encoders = new Encoders(0, false)) {
            PretrainedEncoder encoder = encoders.open(model, ModelPrecision.FLOAT32);
            System.out.println("lines, resident MiB, heap MiB after collection");
            for (int done = 0; done < lines; ) {
                int count = Math.min(Math.min(BATCH, lines - done), REPORT - done % REPORT);
                encoder.encode(Stream.generate(() -> line(random))
                        .limit(count)
                        .<Source>map(Source.Text::new)
                        .toList());
                done += count;
                if (done % REPORT == 0 || done == lines) {
                    System.out.printf(Locale.ROOT, "%d, %.0f, %.1f%n", done, resident(), heap());
                }
            }
        }
    }

    private static String line(Random random) {
        return random.ints(1 + random.nextInt(MOST_WORDS), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    /** VmRSS as Linux says it. */
    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static double heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE;
    }
}
