package org.kemo.textlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;

class TextLinesReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsTextAndLabelOfEachLine() throws IOException {
        Path file = write("train.txt", "i feel calm;joy\nМен қорқамын;fear\n");

        Dataset dataset = read(options(file));

        assertThat(dataset.name()).isEqualTo("train");
        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances()).hasSize(2);
        Utterance second = dataset.utterances().get(1);
        assertThat(second.id()).isEqualTo("train-2");
        assertThat(second.label()).contains("fear");
        assertThat(second.speaker()).isEmpty();
        assertThat(second.split()).isEqualTo(Split.NONE);
        assertThat(second.sources()).isEqualTo(Map.of(Modality.of("text"), new Source.Text("Мен қорқамын")));
    }

    @Test
    void passesOverAByteOrderMarkCarriageReturnsAndEmptyLines() throws IOException {
        Path file = write("a.txt", "\uFEFFfirst;joy\r\n\r\n  \r\nlast;anger");

        Dataset dataset = read(options(file));

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("a-1", "a-4");
        assertThat(texts(dataset)).containsExactly("first", "last");
        assertThat(labels(dataset)).containsExactly("joy", "anger");
    }

    @Test
    void readsLinesThatEndWithACarriageReturn() throws IOException {
        Dataset dataset = read(options(write("a.txt", "first;joy\rlast;anger\r")));

        assertThat(dataset.problems()).isEmpty();
        assertThat(texts(dataset)).containsExactly("first", "last");
        assertThat(labels(dataset)).containsExactly("joy", "anger");
    }

    @Test
    void partsAtTheLastDelimiterSoThatATextMayHoldIt() throws IOException {
        Path file = write("a.txt", "well; not bad;joy\n");

        assertThat(texts(read(options(file)))).containsExactly("well; not bad");
    }

    @Test
    void readsLabelsThatComeFirst() throws IOException {
        Path file = write("a.tsv", "joy\tnot\tbad\n");

        Dataset dataset = read(new TextLinesOptions(
                List.of(file), Split.TEST, List.of(), List.of(), List.of(), "\t", LineOrder.LABEL_FIRST, "words", 0));

        assertThat(labels(dataset)).containsExactly("joy");
        assertThat(dataset.utterances().get(0).split()).isEqualTo(Split.TEST);
        assertThat(dataset.utterances().get(0).source(Modality.of("words"))).contains(new Source.Text("not\tbad"));
    }

    @Test
    void reportsABadLineWithItsPlaceAndKeepsTheOthers() throws IOException {
        Path file = folder.resolve("a.txt");
        byte[] good = "good;joy\n".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "caf\u00e9;joy\n".getBytes(Charset.forName("ISO-8859-1"));
        byte[] rest = "no label\n;joy\ntext;\nlast;fear\n".getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(file)) {
            out.write(good);
            out.write(latin);
            out.write(rest);
        }

        Dataset dataset = read(options(file));

        assertThat(texts(dataset)).containsExactly("good", "last");
        assertThat(dataset.problems())
                .containsExactly(
                        file + ":2: the bytes are not UTF-8. Save the file as UTF-8.",
                        file + ":3: no text and label with [;] between them in [no label].",
                        file + ":4: no text and label with [;] between them in [;joy].",
                        file + ":5: no text and label with [;] between them in [text;].");
    }

    @Test
    void reportsAFileThatHoldsNothingAndKeepsTheOthers() throws IOException {
        Path empty = write("empty.txt", "");
        Path blank = write("blank.txt", "\n  \n");

        Dataset dataset = read(options(empty, write("a.txt", "good;joy\n"), blank));

        assertThat(texts(dataset)).containsExactly("good");
        assertThat(dataset.problems())
                .containsExactly(
                        empty + ": there is no line of text in it.", blank + ": there is no line of text in it.");
    }

    @Test
    void readsTwoLanguagesTogetherWithIdsThatTellThemApart() throws IOException {
        Path english = write("en/train.txt", "one;joy\n");
        Path kazakh = write("kk/train.txt", "бір;joy\n");

        Dataset dataset = read(options(english, kazakh));

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("en-train-1", "kk-train-1");
        assertThat(dataset.name()).isEqualTo("en-train + kk-train");
    }

    @Test
    void takesTagsInThePlaceOfFolderNamesAndSidesByFile() throws IOException {
        Path train = write("dair/train.txt", "one;joy\n");
        Path validation = write("dair/val.txt", "two;joy\n");
        Path test = write("dair/test.txt", "three;joy\n");

        Dataset dataset = read(new TextLinesOptions(
                List.of(train),
                Split.NONE,
                List.of(validation),
                List.of(test),
                List.of("en", "en", "en"),
                ";",
                LineOrder.TEXT_FIRST,
                "text",
                0));

        assertThat(dataset.utterances())
                .extracting(utterance -> utterance.id() + " " + utterance.split())
                .containsExactly("en-train-1 TRAIN", "en-val-1 VALIDATION", "en-test-1 TEST");
    }

    @Test
    void takesTheFirstUtterancesOfEachFileUpToTheLimitAndSaysSo() throws IOException {
        Path a = write("a.txt", "1;joy\nbad\n2;joy\n3;joy\n");
        Path b = write("b.txt", "4;fear\n");

        Dataset dataset = read(new TextLinesOptions(
                List.of(a, b), Split.TRAIN, List.of(), List.of(), List.of(), ";", LineOrder.TEXT_FIRST, "text", 2));

        assertThat(texts(dataset)).containsExactly("1", "2", "4");
        assertThat(dataset.notes()).containsExactly("Only the first [2] utterances of each file were read.");
    }

    @Test
    void refusesFilesThatAreAbsentEmptyOrOfAnotherFormat() throws IOException {
        Path empty = write("empty.txt", "");
        Path comma = write("comma.txt", "text,joy\n");

        assertRefused(options(folder.resolve("absent.txt")), "does not exist");
        assertRefused(options(empty), "hold no line of text and label");
        assertRefused(options(comma), "in [text,joy]");
    }

    @Test
    void refusesTheSameFileTwice() throws IOException {
        Path file = write("a.txt", "1;joy\n");

        assertThatThrownBy(() -> read(options(file, file)))
                .isInstanceOf(KemoException.class)
                .hasMessageStartingWith("Two files would give ids that begin with [");
    }

    @Test
    void refusesNoFilesAndTooFewTags() {
        assertThatThrownBy(() -> options())
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("names nothing to read");
        assertThatThrownBy(() -> new TextLinesOptions(
                        List.of(Path.of("a"), Path.of("b")),
                        Split.NONE,
                        List.of(),
                        List.of(),
                        List.of("en"),
                        ";",
                        LineOrder.TEXT_FIRST,
                        "text",
                        0))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[1] for [2] files");
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void assertRefused(TextLinesOptions options, String message) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    private static Dataset read(TextLinesOptions options) {
        return new TextLinesReaderFactory().create(options).read();
    }

    private static List<String> texts(Dataset dataset) {
        return dataset.utterances().stream()
                .map(utterance ->
                        ((Source.Text) utterance.source(Modality.of("text")).orElseThrow()).text())
                .toList();
    }

    private static List<String> labels(Dataset dataset) {
        return dataset.utterances().stream()
                .map(utterance -> utterance.label().orElseThrow())
                .toList();
    }

    private static TextLinesOptions options(Path... files) {
        return new TextLinesOptions(
                List.of(files), Split.NONE, List.of(), List.of(), List.of(), ";", LineOrder.TEXT_FIRST, "text", 0);
    }
}
