package org.kemo.runtime.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.Modality;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.checksum.FileSums;

/** Which utterances of any data set a trial keeps from training. */
class TrialTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");
    private static final Modality VIDEO = Modality.of("video");

    private static final Source FIRST = new Source.Text("Dogs sit by the door");
    private static final Source SECOND = new Source.Text("Kids are talking by the door");

    @TempDir
    private Path folder;

    /** As where every speaker reads one list. */
    @Test
    void trainsOnTheOtherSpeakersThoughAllSayTheSameSentences() throws IOException {
        Dataset read = data(
                "read.csv",
                said("1", recording("ann 1"), FIRST),
                said("2", recording("ann 2"), SECOND),
                said("3", recording("ben 1"), FIRST),
                said("4", recording("ben 2"), SECOND));
        Trial trial = trial(
                data("read.csv", read.utterances().get(0), read.utterances().get(1)));

        assertThat(seen(trial, read)).containsExactly("3", "4");
    }

    @Test
    void keepsARecordingFromTrainingWhateverItsFileIsCalledAndHoweverItIsChanged() throws IOException {
        Path file = recording("ann");
        Path copy = Files.copy(file, folder.resolve("copy.wav"));
        Trial trial = trial(data(
                "scored",
                said("1", Source.AudioFile.of(file).then(Perturbations.silence())),
                said("2", sound(0, 1)),
                utterance("3", Map.of(VIDEO, features(1, 2), TEXT, SECOND))));
        Dataset others = data(
                "others",
                said("a", copy, FIRST),
                said("b", recording("ben"), FIRST),
                said("c", sound(0, 1)),
                said("d", sound(1, 0)),
                utterance("e", Map.of(VIDEO, features(1, 2))),
                utterance("f", Map.of(VIDEO, features(2, 1))));

        assertThat(seen(trial, others)).containsExactly("b", "d", "f");
    }

    @Test
    void keepsTheWordsOfWhatIsScoredFromAStageOfWordsAlone() throws IOException {
        Dataset lines = data("lines", utterance("1", Map.of(TEXT, FIRST)), utterance("2", Map.of(TEXT, SECOND)));
        Utterance scored = said("a", recording("ann"), FIRST);

        assertThat(seen(trial(data("read.csv", scored)), lines)).containsExactly("2");
        assertThat(seen(trial(pairs(scored)), lines)).containsExactly("2");
        assertThat(seen(trial(data("other lines", utterance("9", Map.of(TEXT, FIRST)))), lines))
                .containsExactly("2");
    }

    @Test
    void keepsBothSidesOfAPairFromTraining() throws IOException {
        Path ann = recording("ann");
        Path ben = recording("ben");
        Path cem = recording("cem");
        Trial trial = trial(pairs(said("1:ann+first", ann, FIRST)));

        Utterance[] others = {said("a", ann, SECOND), said("b", ben, FIRST), said("c", cem, SECOND)};

        assertThat(seen(trial, pairs(others))).containsExactly("c");
        assertThat(seen(trial, data("read.csv", others))).containsExactly("c");
        assertThat(seen(trial(data("lines", utterance("1", Map.of(TEXT, FIRST)))), pairs(others)))
                .containsExactly("a", "c");
    }

    /** A recording may lie elsewhere at another rate, and another file of the same name may number its rows alike. */
    @Test
    void knowsWhatIsScoredByItsIdWhereTheSpeakerIsTheSame() {
        Trial trial = trial(data("scored.csv", by("ann", "17", sound(0, 1)), said("18", sound(0, 1, 1))));
        Utterance[] others = {by("ann", "17", sound(1, 0)), said("18", sound(1, 1, 0))};

        assertThat(seen(trial, data("scored.csv", others))).containsExactly("18");
        assertThat(seen(trial, data("scored.csv", by("ben", "17", sound(1, 0)))))
                .containsExactly("17");
        assertThat(seen(trial, data("other.csv", others))).containsExactly("18");
    }

    @Test
    void tellsWhatIsScoredItselfFromWhatIsLikeIt() {
        Utterance scored = said("1", sound(0, 1));
        Trial trial = trial(data("one.csv", scored));

        assertThat(trial.scores().test(data("one.csv", scored), scored)).isTrue();
        assertThat(trial.scores().test(data("two.csv", scored), scored)).isFalse();
    }

    /** A model of words alone knows nothing else of a sentence that every speaker reads. */
    @Test
    void saysThatWordsWereTrainedOnWhereTheModelHasNothingElse() throws IOException {
        Trial trial = trial(data("read.csv", said("1", recording("ann"), FIRST)));
        List<Utterance> seen = List.of(said("2", recording("ben"), FIRST));

        assertThat(trial.note(List.of(TEXT), seen, Set.of("1"), FileSums.inMemory()))
                .contains("[1] of the [1] scored utterances of [read.csv] were trained on.");
        assertThat(trial.note(List.of(AUDIO, TEXT), seen, Set.of("1"), FileSums.inMemory()))
                .isEmpty();
    }

    private static Utterance by(String speaker, String id, Source sound) {
        return new Utterance(id, Map.of(AUDIO, sound), Optional.of("sad"), Optional.of(speaker), Split.NONE);
    }

    private static List<String> seen(Trial trial, Dataset dataset) {
        return dataset.utterances().stream()
                .filter(utterance -> !trial.scores().test(dataset, utterance))
                .filter(utterance -> !trial.resembles(FileSums.inMemory()).test(dataset, utterance))
                .map(Utterance::id)
                .toList();
    }

    private static Trial trial(Dataset scored) {
        return new Trial(1, 0, scored);
    }

    private static Dataset data(String name, Utterance... utterances) {
        return new Dataset(name, List.of(utterances), List.of(), List.of());
    }

    private static Dataset pairs(Utterance... utterances) {
        return new Dataset("pairs", List.of(utterances), List.of(), List.of(), true);
    }

    /** A file that is only ever summed. */
    private Path recording(String content) throws IOException {
        return Files.writeString(folder.resolve(content + ".wav"), content);
    }

    private static Source sound(float... samples) {
        return new Source.Sound(new Waveform(samples, 8000));
    }

    private static Source features(float... values) {
        return new Source.Features(FloatTensor.of(values, 1, values.length));
    }

    private static Utterance said(String id, Path file, Source words) {
        Map<Modality, Source> sources = new LinkedHashMap<>();
        sources.put(AUDIO, Source.AudioFile.of(file));
        sources.put(TEXT, words);
        return utterance(id, sources);
    }

    private static Utterance said(String id, Source sound) {
        return utterance(id, Map.of(AUDIO, sound));
    }

    private static Utterance utterance(String id, Map<Modality, Source> sources) {
        return new Utterance(id, sources, Optional.of("sad"), Optional.empty(), Split.NONE);
    }
}
