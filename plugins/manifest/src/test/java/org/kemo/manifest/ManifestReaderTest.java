package org.kemo.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

class ManifestReaderTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeASoundFile() throws IOException {
        Files.createDirectory(folder.resolve("clips"));
        Files.createFile(folder.resolve("clips/a.wav"));
    }

    @Test
    void readsAllColumnsOfCsvWithSoundFromTheManifestsFolder() throws IOException {
        Dataset dataset =
                read("m.csv", "id,audio,text,label,speaker,split\nu1,clips/a.wav,Мен қуаныштымын,joy,5,dev\n");

        assertThat(dataset.name()).isEqualTo("m.csv");
        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances())
                .containsExactly(new Utterance(
                        "u1",
                        Map.of(
                                AUDIO,
                                Source.AudioFile.of(folder.resolve("clips/a.wav")),
                                TEXT,
                                new Source.Text("Мен қуаныштымын")),
                        Optional.of("joy"),
                        Optional.of("5"),
                        Split.VALIDATION));
    }

    @Test
    void readsTheSameFromJsonLines() throws IOException {
        String row =
                "{\"id\":\"u1\",\"audio\":\"clips/a.wav\",\"text\":\"a \\\"b\\\"\",\"label\":\"joy\",\"speaker\":5,"
                        + "\"split\":\"test\",\"times\":[1,2]}\n";

        assertThat(read("m.jsonl", row).utterances())
                .containsExactly(new Utterance(
                        "u1",
                        Map.of(
                                AUDIO,
                                Source.AudioFile.of(folder.resolve("clips/a.wav")),
                                TEXT,
                                new Source.Text("a \"b\"")),
                        Optional.of("joy"),
                        Optional.of("5"),
                        Split.TEST));
    }

    @Test
    void readsQuotedFieldsWithLineBreaksDelimitersAndQuotes() throws IOException {
        Dataset dataset = read(
                "m.csv", "\uFEFFtext,label,id\r\n\"one\r\ntwo, three\n\n\"\"four\"\"\",joy,u1\r\n\r\nfive,fear,u2\r\n");

        assertThat(dataset.problems()).isEmpty();
        assertThat(texts(dataset)).containsExactly("one\ntwo, three\n\n\"four\"", "five");
        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u2");
    }

    @Test
    void losesOnlyTheLineThatIsBadInTheMiddleOfCsv() throws IOException {
        Dataset dataset = read(
                "m.csv",
                """
                id,text,label
                u1,good,joy
                u2,too few
                u3,too,many,joy
                u4,"closed" early,joy
                u5,"a field
                over two lines",joy
                u6,"open to the end,joy
                u7,good,joy
                u8,"good, too",fear
                """);

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u5", "u7", "u8");
        assertThat(texts(dataset)).containsExactly("good", "a field\nover two lines", "good", "good, too");
        String file = folder.resolve("m.csv").toString();
        assertThat(dataset.problems())
                .containsExactly(
                        file + ":3: the line has [2] fields where the header has [3].",
                        file + ":4: the line has [4] fields where the header has [3].",
                        file + ":5: a quote is not closed, or not followed by [,].",
                        file + ":8: a quote is not closed, or not followed by [,].");
    }

    @Test
    void reportsARowWithACarriageReturnOutsideQuotes() throws IOException {
        Dataset dataset = read(
                "m.csv",
                "id,label,text\nu1,joy,Hello\rworld\nu2,joy,x\ru3,fear,y\nu4,joy,\"one\rtwo\"\nu5,fear,good\r\n");

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u4", "u5");
        assertThat(texts(dataset)).containsExactly("one\rtwo", "good");
        String flaw = ": a carriage return stands outside quotes; end lines with LF or CRLF.";
        assertThat(dataset.problems())
                .containsExactly(folder.resolve("m.csv") + ":2" + flaw, folder.resolve("m.csv") + ":3" + flaw);
    }

    @Test
    void readsLinesThatEndWithACarriageReturn() throws IOException {
        Dataset dataset = read("m.csv", "id,label,text\ru1,joy,x\r\ru2,fear,\"y\rz\"\r");

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u2");
        assertThat(texts(dataset)).containsExactly("x", "y\nz");
    }

    @Test
    void losesNothingToAnOpenQuoteThatIsTheLastOfTheFile() throws IOException {
        StringBuilder csv = new StringBuilder("id,label,text\n\nu0,joy,\"open\n");
        for (int i = 1; i < 20_000; i++) {
            csv.append("u").append(i).append(",joy,text\n");
        }

        Dataset dataset = read("m.csv", csv.toString());

        assertThat(dataset.utterances()).hasSize(19_999);
        assertThat(dataset.problems()).singleElement().asString().contains("m.csv:3: a quote");
    }

    @Test
    void losesOnlyTheLineThatIsBadInTheMiddleOfJsonLines() throws IOException {
        Dataset dataset = read(
                "m.jsonl",
                """
                {"id": "u1", "text": "good", "label": "joy"}
                {"id": "u2", "text": "open
                ["u3"]
                {"id": "u4", "id": "u5", "text": "twice", "label": "joy"}
                {"id": "u6", "text": "good", "label": "joy"} {}

                {"id": "u7", "text": "good", "label": null}
                """);

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u7");
        assertThat(dataset.utterances().get(1).label()).isEmpty();
        assertThat(dataset.problems())
                .hasSize(4)
                .allMatch(problem -> problem.contains("the line is not a JSON object: "))
                .extracting(problem -> problem.replaceAll(".*m\\.jsonl:(\\d+):.*", "$1"))
                .containsExactly("2", "3", "4", "5");
    }

    @Test
    void reportsRowsThatCannotBeUsed() throws IOException {
        Dataset dataset = read(
                "m.csv",
                """
                id,audio,text,label,split
                u1,clips/a.wav,,joy,
                ,clips/a.wav,,joy,
                u1,clips/a.wav,,joy,
                u2,clips/b.wav,with words,joy,
                u3,,,joy,
                u4,,words,joy,trian
                u5,,words,,none
                """);

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u5");
        assertThat(dataset.utterances().get(0).sources()).containsOnlyKeys(AUDIO);
        assertThat(dataset.utterances().get(1).sources()).containsOnlyKeys(TEXT);
        String file = folder.resolve("m.csv").toString();
        assertThat(dataset.problems())
                .containsExactly(
                        file + ":3: the column [id] is empty.",
                        file + ":4: the id [u1] is that of line [2] already.",
                        file + ":5: the file [clips/b.wav] does not exist.",
                        file + ":6: the columns [audio, text] are empty.",
                        file + ":7: the split [trian] is none of [train, validation, test, none].");
    }

    @Test
    void takesBytesThatAreNotUtf8AsABadLine() throws IOException {
        Path file = Files.write(
                folder.resolve("m.csv"),
                "id,text,label\nu1,\u00e9,joy\nu2,e,joy\n".getBytes(StandardCharsets.ISO_8859_1));

        Dataset dataset = new ManifestReader(options(file)).read();

        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u2");
        assertThat(dataset.problems()).containsExactly(file + ":2: the bytes are not UTF-8; save the file as UTF-8.");
    }

    @Test
    void readsOtherModalitiesColumnsAndDelimiters() throws IOException {
        Path file = Files.writeString(folder.resolve("m.csv"), "name;emotion;breath;words\nu1;joy;clips/a.wav;a, b\n");

        Dataset dataset = new ManifestReader(new ManifestOptions(
                        file,
                        Map.of("breathing", "breath"),
                        Map.of("transcript", "words"),
                        Map.of(),
                        "name",
                        "emotion",
                        "speaker",
                        "split",
                        ";"))
                .read();

        assertThat(dataset.utterances()).singleElement().satisfies(utterance -> {
            assertThat(utterance.id()).isEqualTo("u1");
            assertThat(utterance.label()).contains("joy");
            assertThat(utterance.source(Modality.of("transcript"))).contains(new Source.Text("a, b"));
            assertThat(utterance.source(Modality.of("breathing")))
                    .contains(Source.AudioFile.of(folder.resolve("clips/a.wav")));
        });
    }

    @Test
    void readsFeaturesFromTheFilesThatAColumnNames() throws IOException {
        Files.writeString(folder.resolve("f1.csv"), "1,2\n3,4\n");
        Files.writeString(folder.resolve("f2.csv"), "1,2,3\n");
        Files.writeString(folder.resolve("f3.csv"), "1,oops\n");
        Path file = Files.writeString(
                folder.resolve("m.csv"),
                """
                id,text,face,label
                u1,words,f1.csv,joy
                u2,words,,joy
                u3,words,f2.csv,joy
                u4,words,f3.csv,joy
                u5,words,gone.npy,joy
                u6,,f1.csv,joy
                """);

        Dataset dataset = new ManifestReader(new ManifestOptions(
                        file,
                        Map.of(),
                        Map.of("text", "text"),
                        Map.of("face", "face"),
                        "id",
                        "label",
                        "speaker",
                        "split",
                        ""))
                .read();

        Modality face = Modality.of("face");
        Source features = new Source.Features(FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 2));
        assertThat(dataset.utterances()).extracting(Utterance::id).containsExactly("u1", "u2", "u6");
        assertThat(dataset.utterances().get(0).sources())
                .containsOnly(Map.entry(TEXT, new Source.Text("words")), Map.entry(face, features));
        assertThat(dataset.utterances().get(1).sources()).containsOnlyKeys(TEXT);
        assertThat(dataset.utterances().get(2).sources()).containsOnly(Map.entry(face, features));
        assertThat(dataset.problems())
                .containsExactly(
                        file + ":4: the features of [face] have the width [3] where those before have [2].",
                        file + ":5: the line [1] of the features [" + folder.resolve("f3.csv")
                                + "] holds [oops], which is no finite number.",
                        file + ":6: the file [gone.npy] does not exist.");
    }

    @Test
    void namesTheColumnThatWasMostLikelyMeant() throws IOException {
        assertRefused("id,audio,lable\nu1,clips/a.wav,joy\n", "has no column [label]", "Did you mean [lable]?");
        assertRefused(
                "id,wav,label\nu1,clips/a.wav,joy\n", "has no column of a modality [audio, text]", "audioColumns");
        assertRefused("id,audio_path,label\nu1,clips/a.wav,joy\n", "Did you mean [audio_path]?", "audioColumns");
        assertThat(read("m.csv", "id,audio,Text,label\nu1,clips/a.wav,words,joy\n")
                        .problems())
                .containsExactly("The column [Text] is not read. Did you mean [text]?");
    }

    @Test
    void namesTheDelimiterThatWasMostLikelyMeant() {
        assertRefused(
                "id;audio;text;label\nu1;clips/a.wav;words;joy\n",
                "The header [id;audio;text;label] of [" + folder.resolve("m.csv")
                        + "] is one column: nothing in it is parted by [,]",
                "Set [delimiter: \";\"]");
        assertRefused(
                "id\ttext\tlabel\nu1\twords\tjoy\n",
                "is one column",
                "Set [delimiter: \"\\t\"], or part the columns by [,].");
    }

    @Test
    void asksForAColumnThatTheOptionsName() throws IOException {
        Path file = Files.writeString(folder.resolve("m.csv"), "id,text,label\nu1,words,joy\n");

        assertThatThrownBy(() -> new ManifestReader(new ManifestOptions(
                                file, Map.of(), Map.of("text", "text"), Map.of(), "id", "label", "who", "split", ""))
                        .read())
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("has no column [who] among [id, text, label]");
    }

    @Test
    void refusesManifestsWithoutHeaderRowsOrKnownFormat() throws IOException {
        assertRefused("", "has no header: it is empty", "id,audio,text,label");
        assertRefused("id,id,text\n", "names a column twice", "");
        assertRefused("id,\"text\n", "has no header: a quote", "");
        assertRefused("id,text,label\n,words,joy\n", "holds no utterance", "m.csv:2: the column [id] is empty");
        assertThatThrownBy(() -> read("m.jsonl", "[1]\n"))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("m.jsonl:1:");
        assertThatThrownBy(() -> read("m.xlsx", ""))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("ends in [xlsx]");
    }

    @Test
    void refusesOptionsThatGiveOneNameTwoMeanings() {
        Path file = Path.of("m.csv");
        assertThatThrownBy(() -> new ManifestOptions(
                        file, Map.of("a", "x"), Map.of("b", "x"), Map.of(), "id", "label", "speaker", "split", ""))
                .hasMessageContaining("The column [x] stands for two things");
        assertThatThrownBy(() -> new ManifestOptions(
                        file, Map.of("a", "x"), Map.of("a", "y"), Map.of(), "id", "label", "speaker", "split", ""))
                .hasMessageContaining("The modality [a] stands for two things");
        assertThatThrownBy(() ->
                        new ManifestOptions(file, Map.of(), Map.of(), Map.of(), "id", "label", "speaker", "split", ""))
                .isInstanceOf(KemoException.class);
    }

    private Dataset read(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return new ManifestReaderFactory().create(options(file)).read();
    }

    private void assertRefused(String csv, String problem, String remedy) {
        assertThatThrownBy(() -> read("m.csv", csv))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy)
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    private static List<String> texts(Dataset dataset) {
        return dataset.utterances().stream()
                .map(utterance -> ((Source.Text) utterance.source(TEXT).orElseThrow()).text())
                .toList();
    }

    private static ManifestOptions options(Path file) {
        return new ManifestOptions(
                file,
                Map.of("audio", "audio"),
                Map.of("text", "text"),
                Map.of(),
                "id",
                "label",
                "speaker",
                "split",
                "");
    }
}
