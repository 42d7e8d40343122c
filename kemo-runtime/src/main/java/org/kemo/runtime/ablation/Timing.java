package org.kemo.runtime.ablation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The real-time factors of a model, which hold on one machine, as their file holds them.
 *
 * @param machine on which they were measured
 * @param factors seconds of each stage over seconds of sound; empty without sound
 */
record Timing(String machine, Map<String, Double> factors) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String NAME = "model name";

    /**
     * This machine, in words.
     *
     * @param devices that models run on
     * @param threads that they share on the processor; 0 for one per core
     */
    static String machine(List<String> devices, int threads) {
        int cores = Runtime.getRuntime().availableProcessors();
        return String.join(", ", devices) + "; " + processor() + ", cores: " + cores + ", threads: "
                + (threads == 0 ? cores : threads);
    }

    /** Its name, which Linux knows; elsewhere its kind. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(Timing::kind);
        } catch (IOException | UncheckedIOException unknown) {
            return kind();
        }
    }

    private static String kind() {
        return System.getProperty("os.arch");
    }
}
