package org.kemo.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;

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
     * @param arguments the model ({@code mbert}, {@code file:FOLDER}), the number of lines, the setting ({@code float16@cuda:0}), and how
     *     many threads encode at once
     */
    public static void main(String[] arguments) throws Exception {
        String model = arguments.length > 0 ? arguments[0] : "mbert";
        int lines = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        Setting setting = Setting.parse(arguments.length > 2 ? arguments[2] : "float32");
        int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        boolean cuda = setting.device().startsWith("cuda:");
        Random random = new Random(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (Encoders encoders = new Encoders(0, false)) {
            PretrainedEncoder encoder = encoders.open(model, setting);
            System.out.println("lines, resident MiB, heap MiB after collection" + (cuda ? ", MiB of the device" : ""));
            for (int done = 0; done < lines; ) {
                int until = Math.min(lines, done + REPORT);
                List<Callable<List<Encoding>>> tasks = new ArrayList<>();
                for (; done < until; done += BATCH) {
                    List<Source> batch = Stream.generate(() -> line(random))
                            .limit(Math.min(BATCH, until - done))
                            .<Source>map(Source.Text::new)
                            .toList();
                    tasks.add(() -> encoder.encode(batch));
                }
                done = until;
                for (Future<List<Encoding>> each : executor.invokeAll(tasks)) {
                    each.get();
                }
                System.out.printf(
                        Locale.ROOT, "%d, %.0f, %.1f%s%n", done, resident(), heap(), cuda ? ", " + used(setting.device()) : "");
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** What a CUDA device holds, of all processes, as its driver says it. */
    private static String used(String device) throws IOException {
        Process process = new ProcessBuilder(
                        "nvidia-smi",
                        "--id=" + device.substring("cuda:".length()),
                        "--query-gpu=memory.used",
                        "--format=csv,noheader,nounits")
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
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
