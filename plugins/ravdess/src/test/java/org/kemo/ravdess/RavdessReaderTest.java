package org.kemo.ravdess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;

class RavdessReaderTest {
    @TempDir
    private Path root;

    @Test
    void takesLabelSpeakerAndIdFromTheFileName() throws IOException {
        Path clip = file("Actor_05/03-01-06-02-01-01-05.flac");

        Dataset dataset = read(all());

        assertThat(dataset.utterances()).singleElement().satisfies(utterance -> {
            assertThat(utterance.id()).isEqualTo("03-01-06-02-01-01-05");
            assertThat(utterance.label()).contains("fearful");
            assertThat(utterance.speaker()).contains("05");
            assertThat(utterance.split()).isEqualTo(Split.NONE);
            assertThat(utterance.sources()).isEqualTo(Map.of(Modality.of("audio"), Source.AudioFile.of(clip)));
        });
        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.notes()).isEmpty();
    }

    @Test
    void knowsAllEightEmotionsByTheirNumbers() throws IOException {
        for (int emotion = 1; emotion <= 8; emotion++) {
            file("03-01-0" + emotion + "-01-01-01-01.wav");
        }

        assertThat(read(all()).utterances())
                .extracting(utterance -> utterance.label().orElseThrow())
                .containsExactly("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
    }

    @Test
    void ordersByActorAndThenByNameWhateverTheFoldersAreCalled() throws IOException {
        file("b/03-01-01-01-01-01-02.WAV");
        file("a/03-01-08-01-01-01-02.wav");
        file("z/deep/03-01-02-01-01-01-01.flac");

        assertThat(read(all()).utterances())
                .extracting(Utterance::id)
                .containsExactly("03-01-02-01-01-01-01", "03-01-01-01-01-01-02", "03-01-08-01-01-01-02");
    }

    @Test
    void countsSongVideoCopiesAndForeignNamesAndReadsTheRest() throws IOException {
        file("Actor_01/03-01-03-01-01-01-01.wav");
        file("again/Actor_01/03-01-03-01-01-01-01.wav");
        file("Actor_01/03-02-03-01-01-01-01.wav");
        file("Actor_01/03-02-04-01-01-01-01.wav");
        file("Actor_01/01-01-03-01-01-01-01.mp4");
        file("Actor_01/03-01-09-01-01-01-01.wav");
        file("Actor_01/._03-01-03-01-01-01-01.wav");
        file("README.txt");

        Dataset dataset = read(all());

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("03-01-03-01-01-01-01");
        assertThat(dataset.problems())
                .containsExactly(
                        "Files of song were left out: [2], such as [03-02-03-01-01-01-01.wav].",
                        "Files with a picture were left out: [1], such as [01-01-03-01-01-01-01.mp4].",
                        "Files that lie there a second time were left out: [1], such as [03-01-03-01-01-01-01.wav].",
                        "Files whose names are not those of RAVDESS were left out: [1], such as"
                                + " [03-01-09-01-01-01-01.wav].");
    }

    @Test
    void readsOnlyTheActorsAskedFor() throws IOException {
        for (int actor = 1; actor <= 4; actor++) {
            file("03-01-03-01-01-01-0" + actor + ".wav");
        }

        assertThat(speakers(read(options(List.of(1, 2, 4), List.of(2), List.of(), List.of()))))
                .containsExactly("01", "04");
    }

    @Test
    void putsEachSpeakerOnOneSideOnly() throws IOException {
        for (int actor = 1; actor <= 4; actor++) {
            file("03-01-03-01-01-01-0" + actor + ".wav");
            file("03-01-04-01-01-01-0" + actor + ".wav");
        }

        Dataset dataset = read(options(List.of(), List.of(), List.of(2), List.of(3)));

        assertThat(dataset.utterances())
                .extracting(utterance -> utterance.speaker().orElseThrow() + " " + utterance.split())
                .containsExactly(
                        "01 TRAIN",
                        "01 TRAIN",
                        "02 TEST",
                        "02 TEST",
                        "03 VALIDATION",
                        "03 VALIDATION",
                        "04 TRAIN",
                        "04 TRAIN");
    }

    @Test
    void saysWhichNamedActorIsNotThere() throws IOException {
        file("03-01-03-01-01-01-01.wav");

        assertThat(read(options(List.of(), List.of(9), List.of(2), List.of())).problems())
                .containsExactly("The actor [2] that the options name has no clip below [" + root + "].");
    }

    @Test
    void takesEveryTenthClipOfEachClassForTheLeakyTestAndSaysSo() throws IOException {
        for (int actor = 1; actor <= 3; actor++) {
            for (int statement = 1; statement <= 2; statement++) {
                for (int repetition = 1; repetition <= 2; repetition++) {
                    String rest = "-0" + statement + "-0" + repetition + "-0" + actor + ".wav";
                    file("03-01-01-01" + rest);
                    file("03-01-05-01" + rest);
                    file("03-01-05-02" + rest);
                }
            }
        }

        Dataset dataset = read(leaky());

        assertThat(dataset.utterances())
                .filteredOn(utterance -> utterance.split() == Split.TEST)
                .extracting(Utterance::id)
                // Indexes 0 and 10 of 12 neutral clips, 0, 10 and 20 of 24 angry ones.
                .containsExactlyInAnyOrder(
                        "03-01-01-01-01-01-01",
                        "03-01-01-01-02-01-03",
                        "03-01-05-01-01-01-01",
                        "03-01-05-01-02-01-02",
                        "03-01-05-02-01-01-03");
        assertThat(dataset.utterances())
                .filteredOn(utterance -> utterance.split() != Split.TEST)
                .hasSize(31)
                .allMatch(utterance -> utterance.split() == Split.TRAIN);
        assertThat(dataset.name()).contains("leaky");
        assertThat(dataset.notes())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("The protocol is leaky");
    }

    @Test
    void notesTheRecordingThatRavdessHoldsTwice() throws IOException {
        file("03-01-03-01-02-01-07.wav");
        file("03-01-03-01-02-02-07.wav");

        assertThat(read(all()).notes())
                .containsExactly(
                        "The clips 03-01-03-01-02-01-07 and 03-01-03-01-02-02-07 are one recording under two names in"
                                + " RAVDESS itself; both are kept.");
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        RavdessOptions options = new RavdessOptions(
                root.resolve("absent"),
                List.of(),
                List.of(),
                "audio",
                Protocol.SPEAKER_INDEPENDENT,
                List.of(),
                List.of());

        assertThatThrownBy(new RavdessReader(options)::read)
                .isInstanceOf(KemoException.class)
                .hasMessageStartingWith("The folder [" + root.resolve("absent") + "] does not exist.")
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    @Test
    void refusesAFolderWithoutSpeechAndSaysWhatItHolds() throws IOException {
        file("03-02-03-01-01-01-01.wav");

        assertThatThrownBy(new RavdessReader(all())::read)
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("holds no speech clip")
                .hasMessageContaining("Files of song were left out: [1]");
    }

    @Test
    void refusesSidesThatContradictTheOtherOptions() {
        assertThatThrownBy(() -> options(List.of(), List.of(), List.of(1, 2), List.of(2, 3)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[2]");
        assertThatThrownBy(() -> new RavdessOptions(
                        root, List.of(), List.of(), "audio", Protocol.EVERY_TENTH, List.of(1), List.of()))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[every-tenth]");
        assertThatThrownBy(() -> options(List.of(1, 2), List.of(), List.of(3), List.of()))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[3] stands on a side but is not read");
        assertThatThrownBy(() -> options(List.of(25), List.of(), List.of(), List.of()))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[25]");
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    private static Dataset read(RavdessOptions options) {
        return new RavdessReaderFactory().create(options).read();
    }

    private static List<String> speakers(Dataset dataset) {
        return dataset.utterances().stream()
                .map(utterance -> utterance.speaker().orElseThrow())
                .toList();
    }

    private RavdessOptions all() {
        return options(List.of(), List.of(), List.of(), List.of());
    }

    private RavdessOptions leaky() {
        return new RavdessOptions(root, List.of(), List.of(), "audio", Protocol.EVERY_TENTH, List.of(), List.of());
    }

    private RavdessOptions options(
            List<Integer> speakers, List<Integer> exclude, List<Integer> test, List<Integer> validation) {
        return new RavdessOptions(root, speakers, exclude, "audio", Protocol.SPEAKER_INDEPENDENT, test, validation);
    }
}
