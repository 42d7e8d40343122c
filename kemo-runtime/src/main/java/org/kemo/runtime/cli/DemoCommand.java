package org.kemo.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.FeaturesConfiguration;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.Prediction;
import org.kemo.runtime.pipeline.PreprocessedSound;
import org.kemo.runtime.pipeline.StageClock;
import org.kemo.runtime.report.AnalysisReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kemo demo}: the clips that ship, analysed, as a page to look at. */
@Command(name = "demo", description = "Analyses the clips that ship and writes a report to look at.")
final class DemoCommand extends KemoCommand {
    private static final String CLIPS = "config/demo.yaml";

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--out",
            paramLabel = "HTML",
            defaultValue = "kemo-demo.html",
            description = "The report that is written; ${DEFAULT-VALUE} where none is given.")
    private Path out;

    @Override
    protected Outcome run(CommandContext context) {
        KemoRuntime runtime = context.runtime(ConfigurationDocument.empty(context.folder()));
        Dataset clips = runtime.configurations()
                .component(
                        DatasetReader.class,
                        ConfigurationDocument.ofFile(context.home().project().resolve(CLIPS)))
                .value()
                .value()
                .read();
        AnalysisReport report = new AnalysisReport(
                "What Kemo hears",
                "Six clips in Kazakh and English, spoken by a synthetic voice. For each: its sound, what the extractors measure in"
                        + " it, what each modality says alone, how much each counts, and the answer.");
        FeaturesConfiguration extractors = FeaturesCommand.shipped(context, runtime);
        List<Prediction> answers = new ArrayList<>();
        try (EmotionModel opened = model.open(context, runtime)) {
            for (Utterance utterance : clips.utterances()) {
                Prediction answer = opened.predict(utterance);
                answers.add(answer);
                show(out -> Answers.print(answer, out));
                Optional<Path> recording = recording(utterance);
                Optional<Waveform> sound = recording.map(runtime.audio()::read);
                report.add(new AnalysisReport.Clip(
                        answer, words(utterance), sound, features(extractors, recording, sound)));
            }
        }
        Path file = context.folder().resolve(out).toAbsolutePath().normalize();
        report.write(file);
        return new Answers(answers, List.of(), Optional.of(file));
    }

    private static Optional<String> words(Utterance utterance) {
        return utterance.sources().values().stream()
                .filter(Source.Text.class::isInstance)
                .map(source -> ((Source.Text) source).text())
                .findFirst();
    }

    private static Optional<Path> recording(Utterance utterance) {
        return utterance.sources().values().stream()
                .filter(Source.AudioFile.class::isInstance)
                .map(source -> ((Source.AudioFile) source).path())
                .findFirst();
    }

    /** What each extractor finds, frame by frame; nothing for a clip without sound. */
    private static Map<String, FloatTensor> features(
            FeaturesConfiguration chosen, Optional<Path> recording, Optional<Waveform> sound) {
        Map<String, FloatTensor> features = new LinkedHashMap<>();
        sound.ifPresent(read -> {
            StageClock stages = new StageClock();
            PreprocessedSound heard = FeaturesCommand.heard(chosen, read, recording.orElseThrow(), stages);
            chosen.features().forEach(step -> heard.extract(step, stages)
                    .ifPresent(sequence -> features.put(step.type(), sequence.values())));
        });
        return features;
    }
}
