package org.kemo.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.Prediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo analyze}: the emotion of clips, of words, or of both. */
@Command(name = "analyze", description = "Recognises the emotion of clips, of words, or of clips with their words.")
final class AnalyzeCommand extends KemoCommand {
    @Parameters(paramLabel = "AUDIO", arity = "0..*", description = "WAV or FLAC files.")
    private List<Path> audio = new ArrayList<>();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description =
                    "What is said: once for all clips, or once for each clip in order. Alone, the words are analysed.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Analyse each clip N times before it is timed, so that its times are those of a warm process.")
    private int warmUp;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ConfigurationOptions configuration;

    @Override
    protected Outcome run(CommandContext context) {
        if (audio.isEmpty() && texts.isEmpty()) {
            throw KemoException.configuration(
                    "There is nothing to analyse.", "Name a clip, or give words with --text.");
        }
        if (!audio.isEmpty() && texts.size() > 1 && texts.size() != audio.size()) {
            throw KemoException.configuration(
                    "There are [" + audio.size() + "] clips but [" + texts.size() + "] texts.",
                    "Give one text for all clips, or one for each.");
        }
        if (warmUp < 0) {
            throw KemoException.configuration(
                    "With --warm-up [" + warmUp + "] a clip would be analysed less than never.", "Give 0 or more.");
        }
        KemoRuntime runtime = context.runtime(configuration.ofHost(context));
        List<Prediction> answers = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        try (EmotionModel opened = model.open(context, runtime);
                ConsoleProgress progress = new ConsoleProgress(context.progress())) {
            List<Utterance> utterances = utterances(opened, context.folder());
            if (utterances.size() > 1) {
                progress.begins("analyze", utterances.size());
            }
            for (Utterance utterance : utterances) {
                try {
                    for (int i = 0; i < warmUp; i++) {
                        opened.predict(utterance);
                    }
                    Prediction answer = opened.predict(utterance);
                    answers.add(answer);
                    progress.above(() -> show(out -> Answers.print(answer, out)));
                } catch (RuntimeException | Error e) {
                    failures.add(Failure.of(utterance.id(), e));
                }
                progress.stepped();
            }
        }
        return new Answers(answers, failures, Optional.empty());
    }

    /** Their ids: the path of a clip as it was given, {@code text-N} for words alone. */
    private List<Utterance> utterances(EmotionModel opened, Path folder) {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < audio.size(); i++) {
            Optional<String> words =
                    texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(texts.size() == 1 ? 0 : i));
            utterances.add(opened.utterance(audio.get(i).toString(), Optional.of(folder.resolve(audio.get(i))), words));
        }
        for (int i = 0; audio.isEmpty() && i < texts.size(); i++) {
            utterances.add(opened.utterance("text-" + (i + 1), Optional.empty(), Optional.of(texts.get(i))));
        }
        return utterances;
    }
}
