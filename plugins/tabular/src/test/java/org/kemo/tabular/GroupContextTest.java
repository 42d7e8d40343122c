package org.kemo.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;

class GroupContextTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Map<String, FeatureColumns> SOUND = Map.of("audio", FeatureColumns.withPrefix("a"));

    @TempDir
    private Path folder;

    @Test
    void ordersAGroupByTheNumberOfTheIdAndMarksTheUtteranceItself() throws IOException {
        Dataset dataset = read(TestOptions.of(
                        table("id,label,speaker,a0", "x_10,joy,x,10", "y_1,joy,y,7", "x_2,joy,x,2", "x_1,joy,x,1"))
                .withModalities(SOUND)
                .withContext(100));

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("x_10", "y_1", "x_2", "x_1");
        assertThat(features(dataset, 0)).isEqualTo(tensor(2, 1, 0, 2, 0, 10, 1));
        assertThat(features(dataset, 1)).isEqualTo(tensor(2, 7, 1));
        assertThat(features(dataset, 2)).isEqualTo(tensor(2, 1, 0, 2, 1, 10, 0));
        assertThat(features(dataset, 3)).isEqualTo(tensor(2, 1, 1, 2, 0, 10, 0));
    }

    @Test
    void ordersAGroupByAColumn() throws IOException {
        Dataset dataset = read(
                TestOptions.of(table("id,label,speaker,start,a0", "a,joy,x,2.5,1", "b,joy,x,-1,2", "c,joy,x,oops,3"))
                        .withModalities(SOUND)
                        .withContext(100)
                        .orderedBy("start"));

        assertThat(features(dataset, 0)).isEqualTo(tensor(2, 2, 0, 1, 1));
        assertThat(dataset.problems())
                .containsExactly(
                        folder.resolve("m.csv") + ":4: the column [start] holds [oops], which is no finite number.");
    }

    @Test
    void neverTakesLabelsIntoTheContext() throws IOException {
        String[] lines = {"id,label,speaker,a0", "x_1,0,x,4", "x_2,0,x,5", "x_3,0,x,6"};
        List<Map<Modality, Source>> before = sources(lines);
        String[] others = {"id,label,speaker,a0", "x_1,1,x,4", "x_2,,x,5", "x_3,1,x,6"};

        assertThat(sources(others)).isEqualTo(before);
    }

    @Test
    void keepsTheTestSideOutOfTheContextOfTheOthers() throws IOException {
        Dataset dataset = read(TestOptions.of(table(
                        "id,label,speaker,split,a0",
                        "x_1,joy,x,train,1",
                        "x_2,joy,x,test,2",
                        "x_3,joy,x,train,3",
                        "x_4,joy,x,test,4"))
                .withModalities(SOUND)
                .withContext(100));

        assertThat(features(dataset, 0)).isEqualTo(tensor(2, 1, 1, 3, 0));
        assertThat(features(dataset, 3)).isEqualTo(tensor(2, 2, 0, 4, 1));
    }

    @Test
    void takesTheNearestNeighboursOnly() throws IOException {
        Dataset dataset = read(TestOptions.of(
                        table("id,label,speaker,a0", "x_1,j,x,1", "x_2,j,x,2", "x_3,j,x,3", "x_4,j,x,4", "x_5,j,x,5"))
                .withModalities(SOUND)
                .withContext(1));

        assertThat(features(dataset, 0)).isEqualTo(tensor(2, 1, 1, 2, 0));
        assertThat(features(dataset, 2)).isEqualTo(tensor(2, 2, 0, 3, 1, 4, 0));
        assertThat(features(dataset, 4)).isEqualTo(tensor(2, 4, 0, 5, 1));
    }

    @Test
    void passesOverNeighboursThatLackTheModality() throws IOException {
        Dataset dataset =
                read(TestOptions.of(table("id,label,speaker,a0,v0", "x_1,j,x,1,7", "x_2,j,x,,8", "x_3,j,x,3,9"))
                        .withContext(100));

        assertThat(features(dataset, 2)).isEqualTo(tensor(2, 1, 0, 3, 1));
        assertThat(dataset.utterances().get(1).sources()).containsOnlyKeys(Modality.of("video"));
    }

    @Test
    void needsAGroupAndAPlaceInIt() throws IOException {
        assertThat(read(TestOptions.of(table(
                                        "id,label,speaker,a0",
                                        "x_1,j,x,1",
                                        "x_2,j,,1",
                                        "x,j,x,1",
                                        "x_a,j,x,1",
                                        "3,j,x,1"))
                                .withModalities(SOUND)
                                .withContext(100))
                        .problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).endsWith(":3: the column [speaker] is empty."),
                        problem -> assertThat(problem).contains(":4: the id [x] has no number"),
                        problem -> assertThat(problem).contains(":5: the id [x_a] has no number"),
                        problem -> assertThat(problem).contains(":6: the id [3] has no number"));
        TestOptions without = TestOptions.of(table("id,label,a0", "x_1,j,1"))
                .withModalities(SOUND)
                .withContext(100);
        assertThatThrownBy(() -> read(without))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("has no column [speaker]");
    }

    private List<Map<Modality, Source>> sources(String... lines) throws IOException {
        return read(TestOptions.of(table(lines)).withModalities(SOUND).withContext(100)).utterances().stream()
                .map(Utterance::sources)
                .toList();
    }

    private static Dataset read(TestOptions options) {
        return new TabularReader(options.made()).read();
    }

    private static FloatTensor features(Dataset dataset, int utterance) {
        return ((Source.Features)
                        dataset.utterances().get(utterance).source(AUDIO).orElseThrow())
                .values();
    }

    private static FloatTensor tensor(int width, float... values) {
        return FloatTensor.of(values, values.length / width, width);
    }

    private Path table(String... lines) throws IOException {
        return Files.writeString(folder.resolve("m.csv"), String.join("\n", lines) + "\n");
    }
}
