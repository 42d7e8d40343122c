package org.kemo.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionPool;

/**
 * Texts to vectors by Kemo and by Python's tokenizers and onnxruntime, in rounds, in each of them both ways one after the other: the same
 * lines, the same tokenizer.json and ONNX file, two threads each. The rounds begin when Java's compilers have come to rest, which on two
 * cores would take their part from both threads of a session. Prints the medians, the median of the rounds' ratios, and how far the vectors
 * are apart.
 */
public final class ComparePython {
    private static final int THREADS = 2;
    private static final int MOST_WARM_UPS = 30;

    /** Of the time of a pass over the lines: with less, Java's compilers are at rest. */
    private static final double COMPILING = 0.005;

    private static final String SCRIPT = "examples/benchmarks/src/main/python/encode.py";

    private final List<Source> texts;
    private final PretrainedEncoder encoder;
    private final Process python;
    private final BufferedReader answers;
    private final Path vectors;

    private ComparePython(List<Source> texts, PretrainedEncoder encoder, Process python, Path vectors) {
        this.texts = texts;
        this.encoder = encoder;
        this.python = python;
        this.answers = python.inputReader();
        this.vectors = vectors;
    }

    /**
     * Compares.
     *
     * @param arguments a file with one text in each line, the Python that has tokenizers and onnxruntime, and the number of rounds
     */
    public static void main(String[] arguments) throws IOException {
        Path lines = Path.of(arguments[0]);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        List<Source> texts = Files.readAllLines(lines).stream()
                .<Source>map(Source.Text::new)
                .toList();
        // Python's threads wait busily unless they are told not to.
        try (Encoders encoders = new Encoders(THREADS, true)) {
            AtomicReference<Path> network = new AtomicReference<>();
            SessionPool watched = request -> {
                network.set(request.model());
                return encoders.runtime().sessions().lease(request);
            };
            PretrainedEncoder encoder = encoders.open("mbert", ModelPrecision.FLOAT32, watched);
            encoder.encode(texts.subList(0, 1));
            Path vectors = Files.createTempFile("vectors", ".f32");
            Process python = new ProcessBuilder(
                            arguments[1],
                            SCRIPT,
                            lines.toString(),
                            network.get().toString(),
                            encoders.runtime().models().resolve("mbert").resolve("tokenizer.json").toString(),
                            Integer.toString(THREADS),
                            vectors.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                ComparePython comparison = new ComparePython(texts, encoder, python, vectors);
                for (int batch : List.of(1, 32)) {
                    comparison.print(batch, rounds);
                }
            } finally {
                python.destroy();
                Files.delete(vectors);
            }
        }
    }

    private void print(int batch, int rounds) throws IOException {
        List<float[]> ours = new ArrayList<>();
        Encoders.encode(encoder, texts, batch, ours);
        python(batch);
        double apart = farthest(ours);
        int warmUps = 1 + warmUp(batch);
        List<Double> kemo = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // Whoever comes first in one round comes second in the next.
            if (round % 2 == 0) {
                kemo.add(Encoders.encode(encoder, texts, batch));
                others.add(python(batch));
            } else {
                others.add(python(batch));
                kemo.add(Encoders.encode(encoder, texts, batch));
            }
            ratios.add(kemo.get(round) / others.get(round));
        }
        System.out.printf(
                Locale.ROOT,
                "%d texts, %d at a time: Python %.2f s, Kemo %.2f s, Kemo / Python %.3f (%.3f to %.3f in %d rounds after %d),"
                        + " largest difference %.1e%n",
                texts.size(),
                batch,
                Median.of(others),
                Median.of(kemo),
                Median.of(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow(),
                rounds,
                warmUps,
                apart);
    }

    /** How many passes it took until Java no longer compiled what it runs. */
    private int warmUp(int batch) {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        for (int pass = 1; ; pass++) {
            long before = compilers.getTotalCompilationTime();
            double seconds = Encoders.encode(encoder, texts, batch);
            if ((compilers.getTotalCompilationTime() - before) * 1e-3 < COMPILING * seconds || pass == MOST_WARM_UPS) {
                return pass;
            }
        }
    }

    private double python(int batch) throws IOException {
        python.outputWriter().write(batch + "\n");
        python.outputWriter().flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Python gave up; it says why above");
        }
        return Double.parseDouble(answer);
    }

    private double farthest(List<float[]> ours) throws IOException {
        FloatBuffer theirs = ByteBuffer.wrap(Files.readAllBytes(vectors))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        if (theirs.remaining() != ours.size() * ours.get(0).length) {
            throw new IOException("Python gave " + theirs.remaining() + " numbers for " + ours.size() + " texts");
        }
        double farthest = 0;
        for (float[] vector : ours) {
            for (float value : vector) {
                farthest = Math.max(farthest, Math.abs(value - theirs.get()));
            }
        }
        return farthest;
    }
}
