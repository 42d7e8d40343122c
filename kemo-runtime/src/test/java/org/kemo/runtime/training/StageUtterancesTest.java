package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.configuration.StageConfiguration;

class StageUtterancesTest {
    private static final FileSums SUMS = FileSums.inMemory();

    @TempDir
    private Path folder;

    @Test
    void trainsOnWhatIsNeitherForChoosingNorForTests() {
        StageUtterances read = read(TestStages.stage(
                data(said("a", Split.TRAIN), said("b", Split.VALIDATION), said("c", Split.TEST), said("d", Split.NONE)),
                Optional.empty(),
                0));

        assertThat(read.training()).extracting(Utterance::id).containsExactly("a", "d");
        assertThat(read.validation()).extracting(Utterance::id).containsExactly("b");
    }

    @Test
    void choosesOnWhatADataSetOfItsOwnMarksForThatAndNeverOnTests() {
        Dataset training = data(said("a", Split.TRAIN));
        StageUtterances marked = read(TestStages.stage(
                training,
                Optional.of(data(
                        said("b", Split.TRAIN),
                        said("c", Split.VALIDATION),
                        said("d", Split.TEST),
                        said("e", Split.NONE))),
                0));
        StageUtterances unmarked =
                read(TestStages.stage(training, Optional.of(data(said("d", Split.TEST), said("e", Split.NONE))), 0));

        assertThat(marked.validation()).extracting(Utterance::id).containsExactly("c");
        assertThat(unmarked.validation()).extracting(Utterance::id).containsExactly("e");
    }

    @Test
    void choosesOnWhatTheDataMarkForThatAndOnADataSetOfItsOwnTogether() {
        StageUtterances read = read(TestStages.stage(
                data(said("a", Split.TRAIN), said("b", Split.VALIDATION)),
                Optional.of(data(said("c", Split.VALIDATION), said("d", Split.TRAIN))),
                0.5));

        assertThat(read.training()).extracting(Utterance::id).containsExactly("a");
        assertThat(read.validation()).extracting(Utterance::id).containsExactly("b", "c");
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void saysHowManyOfTheUtterancesToChooseOnAreTrainedOn() {
        Utterance same = said("a", Split.NONE);
        Utterance other = new Utterance("b", same.sources(), Optional.of("sad"), Optional.empty(), Split.NONE);

        assertThat(read(TestStages.stage(
                                data(same, said("b", Split.NONE)),
                                Optional.of(data(same, other, said("c", Split.NONE))),
                                0))
                        .notes())
                .containsExactly("The stage [audio] trains on [1] of the [3] utterances that it chooses on.");
    }

    @Test
    void holdsAShareOutWhereNothingElseIsToChooseOn() {
        Utterance[] ten = new Utterance[10];
        Arrays.setAll(ten, i -> said("u" + i, Split.NONE));

        assertThat(read(TestStages.stage(data(ten), Optional.empty(), 0.2)).validation())
                .hasSize(2);
        ten[0] = said("u0", Split.VALIDATION);
        assertThat(read(TestStages.stage(data(ten), Optional.empty(), 0.2)).validation())
                .hasSize(1);
    }

    @Test
    void neitherTrainsNorChoosesOnWhatIsScoredOrLikeItAndSaysSo() {
        StageConfiguration stage = TestStages.stage(
                data(
                        said("a", Split.TRAIN),
                        said("b", Split.TRAIN),
                        said("c", Split.TRAIN),
                        said("d", Split.VALIDATION)),
                Optional.of(data(said("e", Split.NONE), said("f", Split.NONE))),
                0);

        StageUtterances read = StageUtterances.read(stage, without(Set.of("a"), Set.of("b", "d", "e")), 1, SUMS);

        assertThat(read.training()).extracting(Utterance::id).containsExactly("c");
        assertThat(read.validation()).extracting(Utterance::id).containsExactly("f");
        assertThat(read.notes())
                .containsExactly(
                        "The stage [audio] leaves out utterances of [data] that share a recording, features or words with"
                                + " what is scored.");
    }

    @Test
    void saysWhereNothingIsLeftToTrainOnSinceItIsScoredOrLikeIt() {
        StageConfiguration stage = TestStages.stage(
                data(said("a", Split.NONE), said("b", Split.NONE), said("c", Split.VALIDATION), said("d", Split.TEST)),
                Optional.empty(),
                0.5);

        assertThatThrownBy(() -> StageUtterances.read(stage, without(Set.of("a"), Set.of("b")), 1, SUMS))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                .hasMessageContaining(
                        "every one of [data] is scored, or shares a recording, features or words with one that is");
    }

    private static TrainingData without(Set<String> scored, Set<String> alike) {
        return new TrainingData(
                component -> component.value().read(),
                (dataset, utterance) -> scored.contains(utterance.id()),
                (dataset, utterance) -> alike.contains(utterance.id()));
    }

    @Test
    void hasAnotherSumWhereAFileHasAnotherContent() throws IOException {
        Path file = Files.writeString(folder.resolve("clip.wav"), "a");
        Utterance clip = new Utterance(
                "clip",
                Map.of(TestStages.AUDIO, Source.AudioFile.of(file)),
                Optional.of("sad"),
                Optional.empty(),
                Split.NONE);
        StageConfiguration stage = TestStages.stage(data(clip), Optional.empty(), 0);
        String before = read(stage).sha256();

        assertThat(read(stage).sha256()).isEqualTo(before);
        Files.writeString(file, "b");
        assertThat(read(stage).sha256()).isNotEqualTo(before);
        Files.delete(file);
        assertThat(read(stage).sha256()).isNotEqualTo(before);
    }

    @Test
    void hasAnotherSumWhereAnUtteranceChangesSides() {
        assertThat(read(TestStages.stage(data(said("a", Split.NONE), said("b", Split.NONE)), Optional.empty(), 0))
                        .sha256())
                .isNotEqualTo(read(TestStages.stage(
                                data(said("a", Split.NONE), said("b", Split.VALIDATION)), Optional.empty(), 0))
                        .sha256());
    }

    private static StageUtterances read(StageConfiguration stage) {
        return StageUtterances.read(stage, TrainingData.asConfigured(), 1, SUMS);
    }

    private static Dataset data(Utterance... utterances) {
        return new Dataset("data", List.of(utterances), List.of(), List.of());
    }

    private static Utterance said(String id, Split split) {
        return new Utterance(
                id, Map.of(TestStages.TEXT, new Source.Text("so " + id)), Optional.of("sad"), Optional.empty(), split);
    }
}
