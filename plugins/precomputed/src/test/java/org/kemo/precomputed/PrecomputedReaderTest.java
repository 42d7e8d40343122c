package org.kemo.precomputed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;

class PrecomputedReaderTest {
    private static final Modality FACE = Modality.of("face");
    private static final Modality TEXT = Modality.of("text");

    @TempDir
    private Path folder;

    private Path faces;

    @BeforeEach
    void makeAFolder() throws IOException {
        faces = Files.createDirectory(folder.resolve("faces"));
    }

    @Test
    void addsTheFeaturesOfEachUtteranceToItsOtherModalities() throws IOException {
        Files.writeString(faces.resolve("u1.csv"), "1,2\n3,4\n");
        Files.writeString(faces.resolve("u2.tsv"), "5\t6\n");

        Dataset dataset = read(Map.of("face", faces), "u1", "u2");

        assertThat(dataset.name()).isEqualTo("words");
        assertThat(dataset.notes()).containsExactly("a note");
        assertThat(dataset.problems()).containsExactly("a problem");
        assertThat(dataset.utterances())
                .containsExactly(
                        utterance("u1", FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 2)),
                        utterance("u2", FloatTensor.of(new float[] {5, 6}, 1, 2)));
    }

    @Test
    void saysOfPairsThatTheyArePairs() throws IOException {
        Files.writeString(faces.resolve("u1.csv"), "1,2\n");
        Dataset words = words("u1");
        Dataset pairs = new Dataset(words.name(), words.utterances(), words.notes(), words.problems(), true);

        assertThat(read(Map.of("face", faces), words).paired()).isFalse();
        assertThat(read(Map.of("face", faces), pairs).paired()).isTrue();
    }

    @Test
    void takesThePlaceOfAModalityThatIsThere() throws IOException {
        Files.writeString(faces.resolve("u1.csv"), "1,2\n");

        Dataset dataset = read(Map.of("text", faces), "u1", "u2");

        assertThat(dataset.utterances()).singleElement().satisfies(utterance -> assertThat(utterance.sources())
                .containsOnly(Map.entry(TEXT, new Source.Features(FloatTensor.of(new float[] {1, 2}, 1, 2)))));
        assertThat(dataset.problems())
                .containsExactly(
                        "a problem",
                        "The folder [" + faces
                                + "] has no file for [1] of [2] utterances, such as [u2]: they are without"
                                + " [text].",
                        "The utterance [u2] is left without any modality.");
    }

    @Test
    void leavesAnUtteranceWithoutTheModalityWhoseFileCannotBeUsed() throws IOException {
        Files.writeString(faces.resolve("u1.csv"), "1,2\n");
        Files.writeString(faces.resolve("u2.csv"), "1,NaN\n");
        Files.writeString(faces.resolve("u3.csv"), "1,2,3\n");
        Files.writeString(faces.resolve("u4.npy"), "no array");

        Dataset dataset = read(Map.of("face", faces), "u1", "u2", "u3", "u4");

        assertThat(dataset.utterances())
                .extracting(utterance -> utterance.source(FACE).isPresent())
                .containsExactly(true, false, false, false);
        assertThat(dataset.problems().subList(1, 4))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("The utterance [u2] is without [face]: The line [1]")
                                .contains("[NaN]"),
                        problem -> assertThat(problem).contains("[u3]", "width [3] where those before have [2]"),
                        problem -> assertThat(problem).contains("[u4]", "u4.npy]"));
    }

    @Test
    void followsNoIdOutOfTheFolder() throws IOException {
        Files.writeString(folder.resolve("secret.csv"), "1,2\n");
        Files.writeString(faces.resolve("u1.csv"), "1,2\n");
        String absolute = folder.resolve("secret").toString();

        Dataset dataset = read(Map.of("face", faces), "u1", "../secret", absolute, "a\0b");

        assertThat(dataset.utterances())
                .extracting(utterance -> utterance.source(FACE).isPresent())
                .containsExactly(true, false, false, false);
    }

    @Test
    void refusesAFolderThatIsNotThereOrHoldsNothing() {
        assertRefused(Map.of("face", folder.resolve("gone")), "gone] does not exist");
        assertRefused(Map.of("face", faces), "has no file for any of the [1] utterances, such as [u1.npy]");
        assertThatThrownBy(() -> new PrecomputedOptions(() -> words("u1"), Map.of()))
                .hasMessageContaining("adds nothing");
    }

    private static void assertRefused(Map<String, Path> folders, String problem) {
        assertThatThrownBy(() -> read(folders, "u1"))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(problem)
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    private static Dataset read(Map<String, Path> folders, String... ids) {
        return read(folders, words(ids));
    }

    private static Dataset read(Map<String, Path> folders, Dataset dataset) {
        return new PrecomputedReaderFactory()
                .create(new PrecomputedOptions(() -> dataset, folders))
                .read();
    }

    private static Dataset words(String... ids) {
        List<Utterance> utterances = new ArrayList<>();
        for (String id : ids) {
            utterances.add(new Utterance(
                    id, Map.of(TEXT, new Source.Text("words")), Optional.of("joy"), Optional.of("ann"), Split.TEST));
        }
        return new Dataset("words", utterances, List.of("a note"), List.of("a problem"));
    }

    private static Utterance utterance(String id, FloatTensor face) {
        Map<Modality, Source> sources = new LinkedHashMap<>();
        sources.put(TEXT, new Source.Text("words"));
        sources.put(FACE, new Source.Features(face));
        return new Utterance(id, sources, Optional.of("joy"), Optional.of("ann"), Split.TEST);
    }
}
