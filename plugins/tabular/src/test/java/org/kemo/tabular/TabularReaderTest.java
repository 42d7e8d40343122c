package org.kemo.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;

class TabularReaderTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality VIDEO = Modality.of("video");

    @TempDir
    private Path folder;

    @Test
    void readsAModalityOfEachSetOfColumns() throws IOException {
        Path file = table("m.csv", "id,speaker,label,split,a0,v0,a1", "u1,ann,joy,dev,1,2.5,-3e-2");

        Dataset dataset = read(TestOptions.of(file));

        assertThat(dataset.name()).isEqualTo("m.csv");
        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances())
                .containsExactly(new Utterance(
                        "u1",
                        Map.of(AUDIO, features(1, 2, 1, -0.03f), VIDEO, features(1, 1, 2.5f)),
                        Optional.of("joy"),
                        Optional.of("ann"),
                        Split.VALIDATION));
    }

    @Test
    void takesTabsForTheDelimiterOfTsvInCapitalsToo() throws IOException {
        Path file = table("DATA.TSV", "id\tlabel\ta0\tv0", "u1\tjoy\t1\t2");

        assertThat(read(TestOptions.of(file)).utterances().get(0).source(AUDIO)).contains(features(1, 1, 1));
    }

    @Test
    void takesNumberedColumnsInTheOrderOfTheirNumbersAndNoOthers() throws IOException {
        Path file = table("m.csv", "id,label,a10,a9,a,about,a2", "u1,joy,10,9,7,some words,2");

        Dataset dataset = read(TestOptions.of(file).withModalities(Map.of("audio", FeatureColumns.withPrefix("a"))));

        assertThat(dataset.utterances().get(0).source(AUDIO)).contains(features(1, 3, 2, 9, 10));
    }

    @Test
    void takesARangeAndColumnsByName() throws IOException {
        Path file = table("m.csv", "id,label,x,y,z,w", "u1,joy,1,2,3,4");

        Dataset dataset = read(TestOptions.of(file)
                .withModalities(Map.of(
                        "audio",
                        new FeatureColumns("", "x", "z", List.of()),
                        "video",
                        new FeatureColumns("", "", "", List.of("w", "x")))));

        assertThat(dataset.utterances().get(0).sources())
                .containsOnly(Map.entry(AUDIO, features(1, 3, 1, 2, 3)), Map.entry(VIDEO, features(1, 2, 4, 1)));
    }

    @Test
    void refusesAFeatureThatStandsForSomethingElse() throws IOException {
        TestOptions options =
                TestOptions.of(table("m.csv", "id,t0,t1,label,a0,speaker,split,at,v0", "7,1,2,0,3,5,test,1,4"));

        assertRefused(
                options.withModalities(Map.of("audio", new FeatureColumns("", "t0", "a0", List.of()))),
                "The column [label] is a feature of [audio] and the label",
                "Leave it out of the features of [audio]; a range holds every column");
        assertRefused(
                options.withModalities(Map.of("audio", new FeatureColumns("", "", "", List.of("t0", "label")))),
                "The column [label] is a feature of [audio] and the label",
                "Leave it out");
        assertRefused(
                options.withModalities(Map.of("audio", new FeatureColumns("", "id", "t1", List.of()))),
                "The column [id] is a feature of [audio] and the id",
                "Leave it out");
        assertRefused(
                options.withModalities(Map.of("audio", new FeatureColumns("", "a0", "speaker", List.of()))),
                "The column [speaker] is a feature of [audio] and the group",
                "Leave it out");
        assertRefused(
                options.withModalities(Map.of("audio", new FeatureColumns("", "split", "v0", List.of()))),
                "The column [split] is a feature of [audio] and the split",
                "Leave it out");
        assertRefused(
                options.withModalities(Map.of("audio", new FeatureColumns("", "at", "v0", List.of())))
                        .orderedBy("at"),
                "The column [at] is a feature of [audio] and the order of a group",
                "Leave it out");
        assertThat(read(options.withModalities(Map.of("audio", new FeatureColumns("", "at", "v0", List.of()))))
                        .utterances()
                        .get(0)
                        .source(AUDIO))
                .contains(features(1, 2, 1, 4));
    }

    @Test
    void losesOnlyTheLinesThatHoldNoNumbers() throws IOException {
        Path file = table(
                "m.csv",
                "id,label,a0,a1,v0",
                "u1,joy,1,2,3",
                "u2,joy,NaN,2,3",
                "u3,joy,1,,3",
                "u4,joy,1,two,3",
                "u5,joy,1,2",
                "u6,joy,1e39,2,3",
                "u7,joy,0x1p3,2,3",
                ",joy,1,2,3",
                "u1,joy,1,2,3",
                "u8,joy,,,",
                "u9,joy,4,5,6");

        Dataset dataset = read(TestOptions.of(file));

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u9");
        assertThat(dataset.problems())
                .containsExactly(
                        file + ":3: the column [a0] holds [NaN], which is no finite number.",
                        file + ":4: the column [a1] is empty.",
                        file + ":5: the column [a1] holds [two], which is no finite number.",
                        file + ":6: the line has [4] fields where the header has [5].",
                        file + ":7: the column [a0] holds [1e39], which is no finite number.",
                        file + ":8: the column [a0] holds [0x1p3], which is no finite number.",
                        file + ":9: the column [id] is empty.",
                        file + ":10: the id [u1] is that of [" + file + ":2] already.",
                        file + ":11: the columns of all modalities are empty.");
    }

    @Test
    void isWithoutAModalityWhereAllItsFieldsAreEmpty() throws IOException {
        Path file = table("m.csv", "id,label,a0,a1,v0", "u1,joy,,,3");

        assertThat(read(TestOptions.of(file)).utterances().get(0).sources())
                .containsOnly(Map.entry(VIDEO, features(1, 1, 3)));
    }

    @Test
    void callsLabelsAsTheOptionSays() throws IOException {
        Path file = table("m.csv", "id,label,a0,v0", "u1,0,1,1", "u2,1,1,1", "u3,2,1,1", "u4,,1,1");

        Dataset dataset = read(TestOptions.of(file).withLabels(Map.of("0", "negative", "1", "positive")));

        assertThat(dataset.utterances())
                .extracting(Utterance::label)
                .containsExactly(Optional.of("negative"), Optional.of("positive"), Optional.empty());
        assertThat(dataset.problems())
                .singleElement()
                .asString()
                .startsWith(file + ":4: the label [2] is none of those in the option labels");
    }

    @Test
    void readsWordsBesideFeatures() throws IOException {
        Path file = table("m.tsv", "id\tlabel\twords\ta0", "u1\tjoy\tgood, very good\t1");

        Dataset dataset = new TabularReader(new TabularOptions(
                        List.of(file),
                        Map.of("audio", FeatureColumns.withPrefix("a")),
                        Map.of("text", "words"),
                        "id",
                        "label",
                        Map.of(),
                        "speaker",
                        "split",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Context.NONE,
                        100,
                        "",
                        ""))
                .read();

        assertThat(dataset.utterances().get(0).sources())
                .containsOnly(
                        Map.entry(AUDIO, features(1, 1, 1)),
                        Map.entry(Modality.of("text"), new Source.Text("good, very good")));
    }

    @Test
    void putsGroupsOnTheSideThatIsAskedFor() throws IOException {
        Path file = table(
                "m.csv", "id,label,speaker,a0,v0", "u1,joy,ann,1,1", "u2,joy,bob,1,1", "u3,joy,cat,1,1", "u4,joy,,1,1");

        assertThat(read(TestOptions.of(file).withTestGroups("bob")).utterances())
                .extracting(Utterance::split)
                .containsExactly(Split.TRAIN, Split.TEST, Split.TRAIN, Split.TRAIN);
        assertThat(read(TestOptions.of(file)).utterances())
                .extracting(Utterance::split)
                .containsOnly(Split.NONE);
        assertThat(read(TestOptions.of(file).withGroups("ann", "cat")).utterances())
                .extracting(Utterance::id)
                .containsExactly("u1", "u3");
        assertRefused(TestOptions.of(file).withTestGroups("bop"), "The group [bop] is in no row", "[speaker]");
    }

    @Test
    void readsSeveralTablesOfTheSameColumns() throws IOException {
        Path first = table("first.csv", "id,label,a0,v0", "u1,joy,1,2");
        Path second = table("second.csv", "id,v0,a0,label", "u1,4,3,joy", "u2,4,3,joy");
        Path wider = table("wider.csv", "id,label,a0,a1,v0", "u3,joy,1,2,3");

        Dataset dataset = read(TestOptions.of(first, second));

        assertThat(dataset.name()).isEqualTo("first.csv + second.csv");
        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u2");
        assertThat(dataset.utterances().get(1).source(AUDIO)).contains(features(1, 1, 3));
        assertThat(dataset.problems())
                .containsExactly(second + ":2: the id [u1] is that of [" + first + ":2] already.");
        assertRefused(TestOptions.of(first, wider), "audio=2", "same columns");
    }

    @Test
    void saysWhichColumnIsMissing() throws IOException {
        Path file = table("m.csv", "ID,label,a0,v0", "u1,joy,1,2");
        assertRefused(TestOptions.of(file), "has no column [id]", "Did you mean [ID]?");

        Path other = table("n.csv", "id,label,a0", "u1,joy,1");
        assertRefused(TestOptions.of(other), "no column [v] with a number after it", "prefix");
        assertRefused(
                TestOptions.of(other).withModalities(Map.of("audio", new FeatureColumns("", "a0", "a7", List.of()))),
                "no column [a7]",
                "Correct the name");
        assertRefused(
                TestOptions.of(other).withModalities(Map.of("audio", new FeatureColumns("", "a0", "label", List.of()))),
                "[a0] stands after [label]",
                "Exchange");
        assertRefused(
                TestOptions.of(table("s.tsv", "id,label,a0,v0", "u1,joy,1,2")),
                "nothing in it is parted by [\\t]",
                "Set [delimiter: \",\"]");
        assertRefused(TestOptions.of(table("e.csv", "id,label,a0,v0")), "hold no utterance", "at least one row");
        assertRefused(TestOptions.of(folder.resolve("gone.csv")), "does not exist", "path");
    }

    @Test
    void refusesOptionsThatDoNotFitTogether() {
        Path file = Path.of("m.csv");
        assertThatThrownBy(() -> new FeatureColumns("a", "b", "c", List.of()))
                .hasMessageContaining("not said in one way");
        assertThatThrownBy(() -> new FeatureColumns("", "b", "", List.of()))
                .hasMessageContaining("not said in one way");
        assertThatThrownBy(() -> new FeatureColumns("", "", "", List.of("b", "b")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> TestOptions.of().made()).hasMessageContaining("names nothing to read");
        assertThatThrownBy(() -> TestOptions.of(file).withModalities(Map.of()).made())
                .hasMessageContaining("are both [{}]");
        assertThatThrownBy(() -> TestOptions.of(file)
                        .withGroups("ann")
                        .withTestGroups("bob")
                        .made())
                .hasMessageContaining("[bob] stands on a side but is not read");
    }

    private static Dataset read(TestOptions options) {
        return new TabularReaderFactory().create(options.made()).read();
    }

    private static void assertRefused(TestOptions options, String problem, String remedy) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy)
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    private Path table(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static Source.Features features(int frames, int width, float... values) {
        return new Source.Features(FloatTensor.of(values, frames, width));
    }
}
