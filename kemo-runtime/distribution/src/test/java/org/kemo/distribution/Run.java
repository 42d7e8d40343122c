package org.kemo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of a launcher, and what came of it. */
record Run(int exitCode, String out, String err) {
    /** Starts it and waits. */
    static Run of(Path launcher, Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return start(launcher, folder, environment, arguments).end();
    }

    static Started start(Path launcher, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("kemo", ".out");
        Path err = Files.createTempFile("kemo", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // The launcher has to see to these itself.
        builder.environment()
                .keySet()
                .removeAll(List.of("ORT_DISABLE_TELEMETRY", "OPENBLAS_THREAD_TIMEOUT", "GOMP_SPINCOUNT"));
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    /** A run under way. */
    record Started(Process process, Path out, Path err) {
        private static final long LIMIT = TimeUnit.MINUTES.toNanos(5);

        Run end() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("It did not end: " + Files.readString(err));
            }
            return ended();
        }

        /** Waits until it has said something on standard error. */
        void await(String words) throws IOException, InterruptedException {
            await(words, err);
        }

        /** Waits until it has said something on standard output. */
        void awaitOutput(String words) throws IOException, InterruptedException {
            await(words, out);
        }

        private void await(String words, Path said) throws IOException, InterruptedException {
            long begin = System.nanoTime();
            // Before it is read: what one says that has ended is there to its last word.
            boolean alive = process.isAlive();
            while (!Files.readString(said).contains(words)) {
                if (!alive) {
                    throw new IllegalStateException("It ended before: " + Files.readString(err));
                }
                if (System.nanoTime() - begin > LIMIT) {
                    process.destroyForcibly();
                    throw new IllegalStateException("It did not say [" + words + "]: " + Files.readString(err));
                }
                Thread.sleep(5);
                alive = process.isAlive();
            }
        }

        /** Ends it as a loss of power would. */
        Run kill() throws IOException, InterruptedException {
            process.destroyForcibly().waitFor();
            return ended();
        }

        private Run ended() throws IOException {
            Run run = new Run(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return run;
        }
    }

    JsonNode json() {
        return new JsonMapper().readTree(out);
    }
}
