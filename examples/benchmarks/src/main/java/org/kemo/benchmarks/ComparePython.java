package org.kemo.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionPool;
import org.kemo.runtime.KemoHome;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.session.SessionsConfiguration;
import org.kemo.transformertext.Output;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.TextTransformers;
import org.kemo.transformertext.Tune;

/**
 * Texts to vectors by Kemo and by Python's tokenizers and onnxruntime, in rounds, in each of them both ways one after the other: the same
 * lines, the same tokenizer.json and ONNX file, two threads each. Prints the medians, the median of the rounds' ratios, and how far the
 * vectors are apart.
 */
public final class ComparePython {
    private static final int THREADS = 2;
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
        KemoHome home =
                KemoHome.find(Map.of("kemo.home", ".", "user.home", System.getProperty("user.home")), System.getenv());
        HostConfiguration defaults = HostConfiguration.defaults();
        HostConfiguration host = new HostConfiguration(
                // Python's threads wait busily unless they are told not to.
                new SessionsConfiguration(List.of("cpu"), THREADS, true, 2, 64, 120, 8192),
                defaults.plugins(),
                defaults.cache(),
                defaults.models());
        try (KemoRuntime runtime = new KemoRuntime(home, host, System.getenv())) {
            AtomicReference<Path> network = new AtomicReference<>();
            SessionPool watched = request -> {
                network.set(request.model());
                return runtime.sessions().lease(request);
            };
            PretrainedEncoder encoder =
                    new TextTransformers(runtime.models()::resolve, runtime.files(), watched).open(mbert());
            encoder.encode(texts.subList(0, 1));
            Path vectors = Files.createTempFile("vectors", ".f32");
            Process python = new ProcessBuilder(
                            arguments[1],
                            SCRIPT,
                            lines.toString(),
                            network.get().toString(),
                            runtime.models().resolve("mbert").resolve("tokenizer.json").toString(),
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

    private static TextModel mbert() {
        return new TextModel(
                "mbert",
                Pooling.MEAN,
                false,
                false,
                0,
                Output.POOLED,
                Optional.empty(),
                ModelPrecision.FLOAT32,
                Tune.none());
    }

    private void print(int batch, int rounds) throws IOException {
        // Both once before, so that neither is timed while it warms up.
        List<float[]> ours = new ArrayList<>();
        kemo(batch, ours);
        python(batch);
        double apart = farthest(ours);
        List<Double> kemo = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // Whoever comes first in one round comes second in the next.
            if (round % 2 == 0) {
                kemo.add(kemo(batch, new ArrayList<>()));
                others.add(python(batch));
            } else {
                others.add(python(batch));
                kemo.add(kemo(batch, new ArrayList<>()));
            }
            ratios.add(kemo.get(round) / others.get(round));
        }
        System.out.printf(
                Locale.ROOT,
                "%d texts, %d at a time: Python %.2f s, Kemo %.2f s, Kemo / Python %.3f (%.3f to %.3f in %d rounds),"
                        + " largest difference %.1e%n",
                texts.size(),
                batch,
                Median.of(others),
                Median.of(kemo),
                Median.of(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow(),
                rounds,
                apart);
    }

    private double kemo(int batch, List<float[]> into) {
        long start = System.nanoTime();
        for (int at = 0; at < texts.size(); at += batch) {
            for (Encoding each : encoder.encode(texts.subList(at, Math.min(texts.size(), at + batch)))) {
                into.add(each.pooled().values());
            }
        }
        return (System.nanoTime() - start) * 1e-9;
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
