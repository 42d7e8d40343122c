package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.FeaturesConfiguration;
import org.kemo.runtime.pipeline.PreprocessedSound;
import org.kemo.runtime.pipeline.SoundSteps;
import org.kemo.runtime.pipeline.StageClock;
import org.kemo.runtime.report.FeaturePlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo features}: what the extractors find in clips. */
@Command(name = "features", description = "Extracts features from clips and summarises or plots them.")
final class FeaturesCommand extends KemoCommand {
    private static final String SHIPPED = "config/features.yaml";

    @Parameters(paramLabel = "AUDIO", arity = "1..*", description = "WAV or FLAC files.")
    private List<Path> audio = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Which preprocessors and extractors; config/features.yaml where none is given.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--plot",
            paramLabel = "PNG",
            description = "Write a picture of the features of the one clip that is named.")
    private Optional<Path> plot = Optional.empty();

    /**
     * One extractor's result, summarised.
     *
     * @param extractor its name
     * @param frames T
     * @param width D
     * @param cues numbers for the whole clip
     * @param features each feature's spread over the clip
     */
    record Summary(String extractor, int frames, int width, Map<String, Float> cues, Map<String, Spread> features) {}

    /** How the values of one feature are spread over a clip. */
    record Spread(double min, double mean, double max, double deviation) {}

    /** One clip. */
    record Clip(String id, double audioSeconds, int sampleRate, List<Summary> features) {}

    @Override
    protected Outcome run(CommandContext context) {
        if (plot.isPresent() && audio.size() != 1) {
            throw KemoException.configuration(
                    "There are [" + audio.size() + "] clips for one picture.", "Plot one clip at a time.");
        }
        KemoRuntime runtime = context.runtime(ConfigurationDocument.empty(context.folder()));
        FeaturesConfiguration chosen = config.map(file -> read(context.folder().resolve(file), runtime))
                .orElseGet(() -> shipped(context, runtime));
        List<Clip> clips = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        try (ConsoleProgress progress = new ConsoleProgress(context.progress())) {
            if (audio.size() > 1) {
                progress.begins("features", audio.size());
            }
            for (Path each : audio) {
                try {
                    Clip clip =
                            clip(each, runtime.audio().read(context.folder().resolve(each)), chosen, context.folder());
                    clips.add(clip);
                    progress.above(() -> show(out -> print(clip, out)));
                } catch (RuntimeException | Error e) {
                    failures.add(Failure.of(each.toString(), e));
                }
                progress.stepped();
            }
        }
        return new Extracted(clips, failures, plot.filter(picture -> failures.isEmpty()));
    }

    /**
     * The sound of a clip as the extractors hear it.
     *
     * @throws KemoException category INPUT, where no sample is left
     */
    static PreprocessedSound heard(FeaturesConfiguration chosen, Waveform read, Path path, StageClock stages) {
        PreprocessedSound sound = new SoundSteps(chosen.preprocess(), chosen.features()).preprocess(read, stages);
        if (sound.waveform().samples().length == 0) {
            throw KemoException.input("The clip [" + path + "] holds no sample.", "Give a recording.");
        }
        return sound;
    }

    /** The extractors that ship. */
    static FeaturesConfiguration shipped(CommandContext context, KemoRuntime runtime) {
        return read(context.home().project().resolve(SHIPPED), runtime);
    }

    private static FeaturesConfiguration read(Path file, KemoRuntime runtime) {
        return runtime.configurations()
                .read(FeaturesConfiguration.class, ConfigurationDocument.ofFile(file))
                .value();
    }

    private Clip clip(Path path, Waveform read, FeaturesConfiguration chosen, Path folder) {
        StageClock stages = new StageClock();
        PreprocessedSound sound = heard(chosen, read, path, stages);
        List<Summary> summaries = new ArrayList<>();
        List<FeaturePlot.Features> drawn = new ArrayList<>();
        for (Component<FeatureExtractor> step : chosen.features()) {
            FeatureSequence sequence = sound.extract(step, stages).orElseThrow();
            summaries.add(summary(step, sequence));
            drawn.add(new FeaturePlot.Features(step.type(), step.value().names(), sequence.values()));
        }
        if (plot.isPresent()) {
            FeaturePlot.write(folder.resolve(plot.get()), path.getFileName().toString(), sound.waveform(), drawn);
        }
        return new Clip(path.toString(), read.seconds(), read.sampleRate(), summaries);
    }

    private static Summary summary(Component<FeatureExtractor> step, FeatureSequence sequence) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        for (int d = 0; d < sequence.width(); d++) {
            double sum = 0;
            double squares = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < sequence.frames(); t++) {
                double value = sequence.values().at(t, d);
                sum += value;
                squares += value * value;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            double mean = sum / sequence.frames();
            double variance = Math.max(0, squares / sequence.frames() - mean * mean);
            spreads.put(step.value().names().get(d), new Spread(min, mean, max, Math.sqrt(variance)));
        }
        return new Summary(step.type(), sequence.frames(), sequence.width(), sequence.cues(), spreads);
    }

    private static void print(Clip clip, PrintWriter out) {
        out.printf(Locale.ROOT, "%s: %.2f s, %d Hz%n", clip.id(), clip.audioSeconds(), clip.sampleRate());
        for (Summary summary : clip.features()) {
            out.printf("  %s [%d, %d]%n", summary.extractor(), summary.frames(), summary.width());
            summary.cues().forEach((name, value) -> out.printf(Locale.ROOT, "    %s %.2f%n", name, value));
            summary.features()
                    .forEach((name, spread) -> out.printf(
                            Locale.ROOT,
                            "    %-22s mean %10.3f  deviation %9.3f  from %10.3f to %10.3f%n",
                            name,
                            spread.mean(),
                            spread.deviation(),
                            spread.min(),
                            spread.max()));
        }
    }

    /** Each clip was shown to a person when it came. */
    private record Extracted(List<Clip> clips, List<Failure> failures, Optional<Path> plot) implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("clips", clips);
            document.put("failures", failures);
            plot.ifPresent(file -> document.put("plot", file.toString()));
            return document;
        }

        @Override
        public void print(PrintWriter out) {
            Failure.print(failures, out);
            plot.ifPresent(file -> out.printf("Plot: %s%n", file));
        }

        @Override
        public int exitCode() {
            return Failure.exitCode(failures);
        }
    }
}
