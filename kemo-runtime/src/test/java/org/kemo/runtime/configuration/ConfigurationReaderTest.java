package org.kemo.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.training.Optimizer;
import org.kemo.api.transcriber.Transcriber;
import org.kemo.runtime.plugin.PluginFolder;
import org.kemo.runtime.plugin.PluginHost;

class ConfigurationReaderTest {
    private static final String WHOLE =
            """
            seed: 7
            labels:
              space: [neutral, angry]
              align:
                audio: {calm: neutral}
            modalities:
              audio:
                features:
                  - {type: mfcc, channels: 13}
                  - mfcc
                encoder: {type: bilstm, hidden: 32}
                labels: [neutral, calm, angry]
              text:
                encoder: bilstm
                labels: [neutral, angry]
            fusion:
              type: dynamic-gated
              hidden: 8
            train:
              stages:
                - name: audio
                  modalities: [audio]
                  data: {type: clips, root: clips, speakers: [1, 2]}
                  optimizer: {type: adam}
                  sampling: random-over
                - name: fusion
                  fusion: true
                  data:
                    type: pairs
                    sources:
                      audio: {type: clips, root: /data/clips}
                      text: {type: clips, root: ../sentences}
            """;

    @TempDir
    Path folder;

    @Test
    void bindsRecordsComponentsAndDefaults() throws IOException {
        KemoConfiguration read = read(WHOLE).value();

        assertThat(read.seed()).isEqualTo(7);
        assertThat(read.labels().align()).isEqualTo(Map.of("audio", Map.of("calm", "neutral")));
        assertThat(read.modalities().keySet()).containsExactly("audio", "text");
        ModalityConfiguration audio = read.modalities().get("audio");
        assertThat(audio.maxFrames()).isEqualTo(1280);
        assertThat(audio.features())
                .extracting(feature -> feature.value().width())
                .containsExactly(13, 26);
        StageConfiguration stage = read.train().orElseThrow().stages().get(0);
        assertThat(stage.optimizer()).isEqualTo(new Optimizer(Optimizer.Type.ADAM, 0.9, 0.999, 1e-8, 0.01, 0));
        assertThat(stage.sampling()).isEqualTo(StageConfiguration.Sampling.RANDOM_OVER);
        assertThat(stage.validation()).isEmpty();
        assertThat(stage.learningRate()).isEqualTo(0.001);
        assertThat(read.train().orElseThrow().engine().type()).isEqualTo("torch");
    }

    @Test
    void takesOneComponentForAListOfOneAndLeavesItAsItIsWritten() throws IOException {
        ResolvedConfiguration<KemoConfiguration> read =
                read(WHOLE.replace("encoder: bilstm", "features: mfcc\n    encoder: bilstm"));

        assertThat(read.value().modalities().get("text").features())
                .extracting(Component::type)
                .containsExactly("mfcc");
        assertThat(read.value().modalities().get("audio").encoder())
                .extracting(Component::type)
                .containsExactly("bilstm");
        assertThat(read.yaml()).contains("encoder:\n      type: bilstm\n");
        assertThat(mistakes(WHOLE.replace("encoder: bilstm", "encoder: [bilstm, bilstm]")))
                .singleElement()
                .asString()
                .contains(
                        "modalities.text: The encoder [bilstm] is a network that is trained, and cannot stand beside others.");
        assertThat(mistakes(WHOLE.replace("encoder: bilstm", "encoder: 3")))
                .singleElement()
                .asString()
                .contains("modalities.text.encoder: expected a component of kind encoder");
    }

    @Test
    void givesAComponentItsOptionsAsJsonWithDefaultsInTheOrderOfTheRecord() throws IOException {
        Component<?> feature =
                read(WHOLE).value().modalities().get("audio").features().get(0);

        assertThat(feature.options()).isEqualTo("{\"channels\":13,\"window\":25.0,\"shape\":\"hamming\"}");
        assertThat(feature.fingerprint()).isEqualTo("mfcc@3{\"channels\":13,\"window\":25.0,\"shape\":\"hamming\"}");
    }

    @Test
    void spellsTheSameNumberTheSameWayInOptionsHoweverItIsWritten() {
        assertThat(component("{type: static, lambda: 1}")).isEqualTo(component("{type: static, lambda: 1.00}"));
    }

    @Test
    void makesReadersInsideReadersAndResolvesTheirPathsAgainstTheFile() throws IOException {
        Component<DatasetReader> data =
                read(WHOLE).value().train().orElseThrow().stages().get(1).data();

        assertThat(data.value().read().name())
                .isEqualTo("[audio from /data/clips [], text from " + folder.resolveSibling("sentences") + " []]");
        assertThat(data.options())
                .contains(
                        "\"audio\":{\"type\":\"clips@1\",\"root\":\"/data/clips\",\"speakers\":[],\"password\":\"\"}");
    }

    @Test
    void resolvesAPathFromTheCommandLineAgainstTheFolderThatIsGiven() throws IOException {
        ConfigurationDocument document =
                document(WHOLE).with(List.of("train.stages.audio.data.root=here"), Path.of("/elsewhere"));

        assertThat(reader(Map.of())
                        .read(document)
                        .value()
                        .train()
                        .orElseThrow()
                        .stages()
                        .get(0)
                        .data()
                        .options())
                .contains("\"root\":\"/elsewhere/here\"");
    }

    @Test
    void doesNotLookAtTrainingWhereAModelIsOnlyUsed() throws IOException {
        ConfigurationDocument document = document(WHOLE.replace("type: pairs", "type: from-a-plugin-that-is-gone"));

        assertThat(reader(Map.of()).readWithoutTraining(document).value().train())
                .isEmpty();
    }

    @Test
    void readsOneComponentFromTheCommandLine() {
        ResolvedConfiguration<Component<DatasetReader>> data = reader(Map.of())
                .component(
                        DatasetReader.class,
                        ConfigurationDocument.ofFileOrText("{type: clips, root: DIR, speakers: [6, 13]}", folder));

        assertThat(data.value().value().read().name()).isEqualTo(folder.resolve("DIR") + " [6, 13]");
    }

    @Test
    void readsOneComponentFromAFile() throws IOException {
        Files.writeString(folder.resolve("data.yaml"), "type: clips\nroot: .\n");

        ResolvedConfiguration<Component<DatasetReader>> data = reader(Map.of())
                .component(DatasetReader.class, ConfigurationDocument.ofFileOrText("data.yaml", folder));

        assertThat(data.value().value().read().name()).isEqualTo(folder + " []");
    }

    @Test
    void printsWhatItReadsBackToTheSame() throws IOException {
        ResolvedConfiguration<KemoConfiguration> first = read(WHOLE);
        Path elsewhere = Files.createDirectories(folder.resolve("else/where")).resolve("resolved.yaml");
        Files.writeString(elsewhere, first.yaml());

        ResolvedConfiguration<KemoConfiguration> second =
                reader(Map.of()).read(ConfigurationDocument.ofFile(elsewhere));

        assertThat(second.yaml()).isEqualTo(first.yaml()).contains("maxFrames: 1280", "root: /data/clips");
        assertThat(second.value().train().orElseThrow().stages())
                .extracting(stage -> stage.data().fingerprint())
                .isEqualTo(first.value().train().orElseThrow().stages().stream()
                        .map(stage -> stage.data().fingerprint())
                        .toList());
    }

    @Test
    void quotesTextsThatYamlWouldTakeForSomethingElse() {
        for (String note : List.of(
                "3",
                "1e3",
                "true",
                "null",
                "~",
                "",
                " padded ",
                "a: b",
                "# no",
                "- no",
                "{x",
                "*x",
                "&x",
                "!x",
                "%",
                "@x",
                "it's",
                "\"x\"",
                "line\nline",
                "$${x}",
                "Қазақша",
                "0x1F",
                "007",
                ".5",
                "2024-01-01",
                "yes",
                "a #b",
                "a:",
                "=",
                "<<",
                "|",
                ">",
                "?",
                "-",
                "a\tb",
                "a\\b")) {
            String written = "{type: dynamic-gated, note: " + ScalarBinder.quoted(note) + "}";
            ResolvedConfiguration<?> first = fusion(written);
            ResolvedConfiguration<?> second = fusion(first.yaml());

            assertThat(((Component<?>) second.value()).options())
                    .as(first.yaml())
                    .isEqualTo(((Component<?>) first.value()).options());
        }
    }

    @Test
    void takesValuesFromTheEnvironment() throws IOException {
        ConfigurationDocument document = document(WHOLE)
                .with(
                        List.of(
                                "seed=${SEED}",
                                "train.stages.0.epochs=${EPOCHS:-5}",
                                "train.stages.0.data.root=${DATA}/clips",
                                "train.stages.0.data.password=$${not a reference}"),
                        folder);

        ResolvedConfiguration<KemoConfiguration> read =
                reader(Map.of("SEED", "12", "DATA", "/somewhere")).read(document);

        assertThat(read.value().seed()).isEqualTo(12);
        StageConfiguration stage = read.value().train().orElseThrow().stages().get(0);
        assertThat(stage.epochs()).isEqualTo(5);
        assertThat(stage.data().options())
                .contains("\"root\":\"/somewhere/clips\"", "\"password\":\"${not a reference}\"");
    }

    @Test
    void showsTheNameOfAVariableAndNeverItsValue() throws IOException {
        ConfigurationDocument document =
                document(WHOLE).with(List.of("train.stages.0.data.password=${SECRET}"), folder);

        ResolvedConfiguration<KemoConfiguration> read =
                reader(Map.of("SECRET", "hunter2")).read(document);

        assertThat(read.yaml()).contains("password: ${SECRET}").doesNotContain("hunter2");
        assertThat(read.toString()).doesNotContain("hunter2");
    }

    @Test
    void tellsTheValuesOfVariablesApartForKeys() throws IOException {
        ConfigurationDocument document = document(WHOLE)
                .with(
                        List.of(
                                "seed=${SEED}",
                                "fusion={type: '${FUSION}'}",
                                "train.stages.0.data={type: clips, root: '${DATA}', password: '${SECRET}'}"),
                        folder);

        ResolvedConfiguration<KemoConfiguration> first = reader(
                        Map.of("SEED", "1", "FUSION", "static", "DATA", "a", "SECRET", "hunter2"))
                .read(document);
        ResolvedConfiguration<KemoConfiguration> second = reader(
                        Map.of("SEED", "2", "FUSION", "dynamic-gated", "DATA", "b", "SECRET", "hunter3"))
                .read(document);

        assertThat(first.values())
                .containsEntry("seed", BigDecimal.ONE)
                .containsEntry("fusion", Map.of("type", "static", "lambda", new BigDecimal("0.5")));
        assertThat(second.values()).containsEntry("seed", BigDecimal.valueOf(2));
        assertThat(second.values().toString()).contains("type=dynamic-gated", "root=" + folder.resolve("b"), "hunter3");
        assertThat(second.tree()).containsEntry("seed", "${SEED}");
        assertThat(first.yaml().replace("lambda: 0.5", "hidden: null\n  note: \"\""))
                .isEqualTo(second.yaml())
                .contains("seed: ${SEED}", "type: ${FUSION}", "password: ${SECRET}");
    }

    @Test
    void keepsTheValueOfAVariableOutOfMistakes() throws IOException {
        ConfigurationDocument document = document(WHOLE)
                .with(
                        List.of(
                                "train.stages.0.data.password=${SECRET}",
                                "seed=${SECRET}",
                                "modalities.audio.encoder.type=${SECRET}"),
                        folder);
        String secret = "hunter2".repeat(10);

        assertThatThrownBy(() -> reader(Map.of("SECRET", secret)).read(document))
                .hasMessageContaining("expected a whole number, but found the text [${SECRET}]")
                .hasMessageContaining("The password [${SECRET}] is too long.")
                .hasMessageContaining("there is no component [${SECRET}] of kind encoder.")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void saysWhereAVariableIsMissing() throws IOException {
        assertThat(mistakes(
                        "seed: 1\n" + WHOLE.substring(8).replace("root: clips", "root: '${KEMO_DATE}/clips'"),
                        "KEMO_DATA"))
                .containsExactly(
                        "conf.yaml:23:33 train.stages.0.data.root: the environment variable [KEMO_DATE] is not set."
                                + " Set it, or write ${KEMO_DATE:-default}. Or did you mean [KEMO_DATA]?");
    }

    @Test
    void refusesAReferenceInsideTheDefaultOfAnotherWhetherThatIsSetOrNot() throws IOException {
        String nested = WHOLE.replace("root: clips", "root: '${KEMO_DATA:-${HOME}/data}'");
        String mistake = "conf.yaml:23:33 train.stages.0.data.root: the default in [${KEMO_DATA:-${HOME}/data}] is a"
                + " reference itself, which is not read. Write a default without ${, or none, and set [KEMO_DATA].";

        assertThat(mistakes(nested, "HOME")).containsExactly(mistake);
        assertThat(mistakes(nested, "HOME", "KEMO_DATA")).containsExactly(mistake);
    }

    @Test
    void saysThatAReferenceInsideBracesNeedsQuotes() throws IOException {
        assertThat(mistakes(WHOLE.replace("root: clips", "root: ${DATA}/clips")))
                .containsExactly(
                        "conf.yaml:23:34: this is not YAML: while parsing a flow mapping, expected ',' or '}', but got"
                                + " {. Inside braces or brackets, put \"${NAME}\" in quotes.");
    }

    @Test
    void reportsAllMistakesAtOnceEachWithItsPlace() throws IOException {
        String written =
                """
                sead: 7
                labels:
                  space: [neutral, 3]
                modalities:
                  audio:
                    encoder: {type: bilstn}
                    dropout: 1.5
                    labels: [neutral, angry]
                train:
                  stages:
                    - data: {type: clips, root: x}
                      epochs: 1.5
                """;

        assertThat(mistakes(written))
                .containsExactly(
                        "conf.yaml:1:1 sead: there is no option [sead]. Did you mean [seed]?",
                        "conf.yaml:3:20 labels.space.1: expected a text, but found the number [3]. Put it in quotes.",
                        "conf.yaml:6:21 modalities.audio.encoder.type: there is no component [bilstn] of kind encoder."
                                + " Did you mean [bilstm]?",
                        "conf.yaml:7:14 modalities.audio.dropout: expected a number from 0 to 0.99, but found the number"
                                + " [1.5].",
                        "conf.yaml:11:7 train.stages.0.name: is missing: a text (Name of the stage, for progress and"
                                + " checkpoints).",
                        "conf.yaml:12:15 train.stages.0.epochs: expected a whole number of at least 1, but found the number"
                                + " [1.5].");
    }

    @Test
    void convertsNothing() throws IOException {
        String written = WHOLE.replace("seed: 7", "seed: \"7\"")
                .replace("hidden: 8", "hidden: 8.0")
                .replace("channels: 13", "channels: true")
                .replace("fusion: true", "fusion: yes");

        assertThat(mistakes(written))
                .containsExactly(
                        "conf.yaml:1:7 seed: expected a whole number, but found the text [7]. Write it without quotes.",
                        "conf.yaml:9:32 modalities.audio.features.0.channels: expected a whole number from 1 to 128, but"
                                + " found the value [true].",
                        "conf.yaml:18:11 fusion.hidden: expected a whole number of at least 1, but found the number [8.0].",
                        "conf.yaml:27:15 train.stages.1.fusion: expected true or false, but found the text [yes].");
    }

    @Test
    void saysHowANumberIsWritten() throws IOException {
        assertThat(number("dropout=.5")).endsWith("the text [.5]. Write it as [0.5].");
        assertThat(number("dropout='0.5'")).endsWith("the text [0.5]. Write it without quotes.");
        assertThat(number("dropout='1e99999999'")).endsWith("the text [1e99999999].");
        assertThat(number("maxFrames=+5")).endsWith("the text [+5]. Write it as [5].");
        assertThat(number("maxFrames='5.0'")).endsWith("the text [5.0]. Write it as [5].");
        assertThat(number("maxFrames=.5")).endsWith("the text [.5].");
        assertThat(number("dropout=${SHARE}"))
                .endsWith("the text [${SHARE}]. Set the variable to a number such as 5 or 0.5.");
    }

    private String number(String override) throws IOException {
        ConfigurationDocument document = document(WHOLE).with(List.of("modalities.audio." + override), folder);
        KemoException exception = catchThrowableOfType(
                KemoException.class, () -> reader(Map.of("SHARE", ".25")).read(document));
        return ((InvalidConfiguration) exception.getCause()).mistakes().get(0).toString();
    }

    @Test
    void refusesNumbersThatDoNotFit() throws IOException {
        assertThat(mistakes(WHOLE.replace("hidden: 32", "hidden: 3000000000")
                        .replace("seed: 7", "seed: 9223372036854775808")))
                .containsExactly(
                        "conf.yaml:1:7 seed: expected a whole number, but found the number [9223372036854775808].",
                        "conf.yaml:11:37 modalities.audio.encoder.hidden: expected a whole number of at least 1, but found the"
                                + " number [3000000000].");
    }

    @Test
    void checksTheRangeOfEachElementOfAList() throws IOException {
        assertThat(mistakes(WHOLE.replace("speakers: [1, 2]", "speakers: [1, 25]")))
                .containsExactly(
                        "conf.yaml:23:54 train.stages.0.data.speakers.1: expected a whole number from 1 to 24, but"
                                + " found the number [25].");
    }

    @Test
    void namesTheNearestOfAnEnumeration() throws IOException {
        assertThat(mistakes(WHOLE.replace("random-over", "RANDOM_OVER")))
                .containsExactly(
                        "conf.yaml:25:17 train.stages.0.sampling: expected one of [none, random-over, random-under],"
                                + " but found the text [RANDOM_OVER]. Did you mean [random-over]?");
    }

    @Test
    void reportsWhatACompactConstructorRefusesAtItsComponent() throws IOException {
        assertThat(mistakes(WHOLE.replace("hidden: 32", "hidden: 33")))
                .containsExactly(
                        "conf.yaml:11:14 modalities.audio.encoder: The width [33] does not part into [2] layers."
                                + " Take a multiple.");
    }

    @Test
    void refusesAlignmentsOfWhatThereIsNot() throws IOException {
        assertThat(mistakes(WHOLE.replace("audio: {calm: neutral}", "adio: {calm: neutral}")))
                .containsExactly("conf.yaml:1:1: Labels of the modality [adio] are aligned, which there is not. Did you"
                        + " mean [audio]?");
        assertThat(mistakes(WHOLE.replace("{calm: neutral}", "{clam: neutral}")))
                .containsExactly("conf.yaml:1:1: The label [clam] is aligned, which is none of the modality [audio]."
                        + " Did you mean [calm]?");
        assertThat(mistakes(WHOLE.replace("{calm: neutral}", "{calm: neutrl}")))
                .containsExactly(
                        "conf.yaml:3:3 labels: The label [calm] of the modality [audio] is aligned to [neutrl],"
                                + " which is no class of the model. Did you mean [neutral]?");
    }

    @Test
    void refusesClassesThatAreNone() throws IOException {
        assertThat(mistakes(WHOLE.replace("space: [neutral, angry]", "space: [neutral, neutral]")
                        .replace("labels: [neutral, angry]", "labels: []")))
                .containsExactly(
                        "conf.yaml:3:3 labels: The labels [neutral, neutral] hold a blank or repeated name. Name each class"
                                + " once.",
                        "conf.yaml:14:5 modalities.text: The labels [] are too few. Name at least two classes.");
        assertThat(mistakes(WHOLE.replace("labels: [neutral, angry]", "labels: [neutral, angyr]")))
                .containsExactly(
                        "conf.yaml:1:1: The label [angyr] of the modality [text] has no place among [neutral, angry]."
                                + " Did you mean [angry]? Or say under labels.align.text where it goes.");
        assertThat(mistakes(WHOLE.replace("labels: [neutral, angry]", "labels: [neutral, surprised]")))
                .containsExactly(
                        "conf.yaml:1:1: The label [surprised] of the modality [text] has no place among [neutral, angry]."
                                + " Say under labels.align.text where it goes.");
    }

    @Test
    void refusesPartsThatMakeNoModel() throws IOException {
        assertThat(mistakes("labels: {space: [low, high]}\nmodalities: {}\n"))
                .containsExactly("conf.yaml:1:1: There are no modalities. Name at least one under modalities.");
        String two =
                """
                labels: {space: [low, high]}
                modalities:
                  audio: &one {encoder: bilstm, labels: [low, high]}
                  TEXT: *one
                """;
        assertThat(mistakes(two))
                .containsExactly(
                        "conf.yaml:1:1: The modality name [TEXT] is not usable. Use lower-case letters, digits and"
                                + " hyphens, and start with a letter.");
        assertThat(mistakes(two.replace("TEXT", "text")))
                .containsExactly("conf.yaml:1:1: The modalities [audio, text] have no fusion strategy. Name one under"
                        + " fusion.type, for example dynamic-gated.");
    }

    @Test
    void refusesAModalityThatNoStageTrains() throws IOException {
        assertThat(mistakes(WHOLE.replace("fusion: true", "modalities: [audio]")))
                .containsExactly(
                        "conf.yaml:1:1: No stage trains the modality [text]. Name it under train.stages, or leave"
                                + " it out of the modalities.");
    }

    @Test
    void refusesAnAverageOfEpochsWhereTheBestOneIsKept() throws IOException {
        assertThat(mistakes(WHOLE.replace("sampling: random-over", "patience: 3\n      averageLast: 0.5")))
                .containsExactly(
                        "conf.yaml:21:7 train.stages.0: The stage [audio] keeps the parameters of the best epoch with a"
                                + " patience of [3], and cannot keep the average of averageLast [0.5] too. Set one of"
                                + " the two to 0.");
    }

    @Test
    void refusesDecaysOfTheOptimizerThatTakeInNothingNew() throws IOException {
        assertThat(mistakes(WHOLE.replace("{type: adam}", "{type: adam, beta1: 1}")))
                .containsExactly(
                        "conf.yaml:24:18 train.stages.0.optimizer: The decay beta1 is [1.0]. Give a number of at"
                                + " least 0 and below 1.");
        assertThat(mistakes(WHOLE.replace("{type: adam}", "{type: adam, beta2: 1.0}")))
                .containsExactly(
                        "conf.yaml:24:18 train.stages.0.optimizer: The decay beta2 is [1.0]. Give a number of at"
                                + " least 0 and below 1.");
    }

    @Test
    void refusesAnEpsilonThatIsZeroInSinglePrecision() throws IOException {
        for (String epsilon : List.of("0", "1e-50")) {
            assertThat(mistakes(WHOLE.replace("{type: adam}", "{type: adam, epsilon: " + epsilon + "}")))
                    .containsExactly(
                            "conf.yaml:24:18 train.stages.0.optimizer: The number epsilon, which is added to the denominator, is ["
                                    + Double.valueOf(epsilon)
                                    + "]. Give a number above 0 that single precision can hold, such as 1e-8.");
        }
    }

    @Test
    void readsTheOptionsOfAGroupAsIfTheyWereWrittenOut() throws IOException {
        assertThat(read(WHOLE.replace("channels: 13", "shape: raised-cosine, window: 20"))
                        .value()
                        .modalities()
                        .get("audio")
                        .features()
                        .get(0)
                        .options())
                .isEqualTo("{\"channels\":26,\"window\":20.0,\"shape\":\"raised-cosine\"}");
        assertThat(OptionDescription.of(SampleCatalog.CepstraOptions.class))
                .extracting(OptionDescription::name)
                .containsExactly("channels", "window", "shape");

        assertThat(mistakes(WHOLE.replace("channels: 13", "window: 0")))
                .containsExactly(
                        "conf.yaml:9:30 modalities.audio.features.0.window: expected a number of at least 1, but"
                                + " found the number [0].");
        assertThat(mistakes(WHOLE.replace("channels: 13", "shape: raised-cosine, window: 200")))
                .containsExactly(
                        "conf.yaml:9:9 modalities.audio.features.0: The window [200.0] is too long for a raised"
                                + " cosine.");
        assertThat(mistakes(WHOLE.replace("channels: 13", "shape: raised-cosine, window: 200, windw: 3")))
                .containsExactly(
                        "conf.yaml:9:57 modalities.audio.features.0.windw: there is no option [windw]. Did you mean"
                                + " [window]?");
        assertThat(mistakes(WHOLE.replace("channels: 13", "framing: {}")))
                .singleElement()
                .asString()
                .contains("there is no option [framing]");
    }

    /** What a plugin may get wrong about a group. */
    private record Twice(@Option("A") int window, @OptionGroup SampleCatalog.Framing framing) {}

    private record NoRecord(@OptionGroup int framing) {}

    private record Deep(@OptionGroup Nested nested) {
        private record Nested(@Option("B") int first, @OptionGroup SampleCatalog.Framing framing) {}
    }

    @Test
    void refusesAGroupThatIsNoneAndTwoOptionsOfOneName() {
        assertThatThrownBy(() -> OptionDescription.of(Twice.class)).hasMessageContainingAll("Twice", "[window]");
        assertThatThrownBy(() -> OptionDescription.of(NoRecord.class))
                .hasMessageContainingAll("NoRecord", "[framing]", "[int]");
        assertThat(OptionDescription.of(Deep.class))
                .extracting(OptionDescription::name)
                .containsExactly("first", "window", "shape");
        assertThatThrownBy(() -> reader(Map.of())
                        .read(Deep.class, ConfigurationDocument.ofText("{window: 3}", "deep.yaml", folder)))
                .hasMessageContaining("deep.yaml:1:1 first: is missing: a whole number (B)");
        assertThat(reader(Map.of())
                        .read(Deep.class, ConfigurationDocument.ofText("{first: 1, window: 3}", "deep.yaml", folder))
                        .value())
                .isEqualTo(new Deep(
                        new Deep.Nested(1, new SampleCatalog.Framing(3, SampleCatalog.Framing.Shape.HAMMING))));
    }

    private record Unheld(@Option("Where") URI address, @Option("How much of each") Map<Integer, String> shares) {}

    @Test
    void saysThatAConfigurationCannotHoldAnOptionOfSomeOtherType() {
        assertThat(OptionDescription.of(Unheld.class))
                .extracting(OptionDescription::expectation)
                .containsExactly(
                        "a value of the type [java.net.URI], which a configuration cannot hold",
                        "a value of the type [java.util.Map<java.lang.Integer, java.lang.String>], which a configuration"
                                + " cannot hold");
        assertThatThrownBy(() -> reader(Map.of())
                        .read(Unheld.class, ConfigurationDocument.ofText("{address: here}", "it.yaml", folder)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The option [address] is of the type [java.net.URI]")
                .hasMessageContaining("Use numbers, booleans, String");
    }

    @Test
    void saysWhereTheSameKeyStoodBefore() throws IOException {
        assertThat(mistakes(WHOLE + "seed: 8\n" + "modalities: {}\n"))
                .containsExactly(
                        "conf.yaml:33:1 seed: the key [seed] stands twice, first in line [1]. Remove one.",
                        "conf.yaml:34:1 modalities: the key [modalities] stands twice, first in line [6]. Remove one.");
        ConfigurationDocument document = document(WHOLE);
        assertThatThrownBy(() -> document.with(List.of("labels={space: [a], space: [b]}"), folder))
                .hasMessageContaining("space: the key [space] stands twice. Remove one.");
    }

    @Test
    void refusesATildeInThePlaceOfAPath() throws IOException {
        for (String written : List.of("~", "~/clips")) {
            assertThat(mistakes(WHOLE.replace("root: clips", "root: " + written)))
                    .containsExactly("conf.yaml:23:33 train.stages.0.data.root: expected a path, but found the text ["
                            + written + "]. Write null where there is none, and ${HOME} for your folder.");
        }
    }

    @Test
    void saysOfWhichKindAComponentIs() throws IOException {
        assertThat(mistakes(WHOLE.replace("type: dynamic-gated", "type: mfcc")))
                .containsExactly(
                        "conf.yaml:17:9 fusion.type: there is no component [mfcc] of kind fusion. It is of kind"
                                + " feature. Known are [dynamic-gated, static].");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThat(mistakes("labels: {space: [a, b]}\nmodalities:\n  audio:\n    encoder: {hidden: 3}\n"))
                .containsExactly(
                        "conf.yaml:4:5 modalities.audio.labels: is missing: a list, each a text (The classes that the"
                                + " modality's own classifier is trained on).",
                        "conf.yaml:4:14 modalities.audio.encoder.type: is missing: the name of a component of kind encoder."
                                + " Known are [bilstm].");
    }

    @Test
    void saysThatABlankIsMissingAfterTheColonOfATypeInBraces() throws IOException {
        assertThat(
                        mistakes(
                                "labels: {space: [a, b]}\nmodalities:\n  audio:\n    labels: [a, b]\n    encoder: {type:bilstm}\n"))
                .containsExactly(
                        "conf.yaml:5:14 modalities.audio.encoder.type: is missing: the name of a component of kind encoder."
                                + " A blank belongs after the colon of [type:bilstm]. Known are [bilstm].");
    }

    @Test
    void saysWhatWasExpectedInThePlaceOfAListOrAMapping() throws IOException {
        assertThat(mistakes(WHOLE.replace("[neutral, calm, angry]", "neutral").replace("{calm: neutral}", "[]")))
                .containsExactly(
                        "conf.yaml:5:12 labels.align.audio: expected a mapping of names, each to a text, but found a list.",
                        "conf.yaml:12:13 modalities.audio.labels: expected a list, each a text, but found the text"
                                + " [neutral].");
    }

    @Test
    void keepsTheCategoryOfWhatIsNoMistakeInTheFile() {
        KemoException exception = catchThrowableOfType(
                KemoException.class, () -> ConfigurationDocument.ofFile(folder.resolve("absent.yaml")));

        assertThat(exception.category()).isEqualTo(KemoException.Category.CONFIGURATION);
        assertThat(exception.problem()).isEqualTo("There is no file [" + folder.resolve("absent.yaml") + "].");
    }

    @Test
    void saysThatARegularFileIsNeeded() {
        assertThatThrownBy(() -> ConfigurationDocument.ofFile(folder))
                .hasMessageContaining("The path [" + folder + "] is no regular file but a folder, a pipe or a device.");
    }

    @Test
    void saysThatThePluginOfAComponentIsDisabled() {
        PluginFolder plugins = new PluginFolder(folder);
        plugins.plugin("hello").transcriber("hello", "\"Hello\"").pack(plugins.folder());

        try (PluginHost host = plugins.openWithout("hello")) {
            assertThatThrownBy(() -> new ConfigurationReader(host, Map.of())
                            .component(Transcriber.class, ConfigurationDocument.ofText("type: hello", "it", folder)))
                    .hasMessageContaining(
                            "type: there is no component [hello] of kind transcriber. The plugin [hello] is"
                                    + " disabled: take it out of [host.plugins.disabled] in the configuration.");
        }
    }

    @Test
    void blamesThePluginWhoseComponentCallsWhatIsNotThere() {
        PluginFolder plugins = new PluginFolder(folder);
        Path library = plugins.plugin("library")
                .type("Words", "public final class Words { public static String word() { return \"\"; } }")
                .jar();
        plugins.plugin("early")
                .against(library)
                .type(
                        "Early",
                        """
                        @Extension
                        final class Early implements TranscriberFactory<Early.Options> {
                            record Options() {}
                            @Override public String name() { return "early"; }
                            @Override public Class<Options> options() { return Options.class; }
                            @Override public Transcriber create(Options options) {
                                String word = example.library.Words.word();
                                return waveform -> word;
                            }
                        }
                        """)
                .index("example.early.Early")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            KemoException exception =
                    catchThrowableOfType(KemoException.class, () -> new ConfigurationReader(host, Map.of())
                            .component(Transcriber.class, ConfigurationDocument.ofText("type: early", "it", folder)));

            assertThat(exception.category()).isEqualTo(KemoException.Category.PLUGIN);
            assertThat(exception.problem())
                    .startsWith("The component [early] cannot be made: [java.lang.NoClassDefFoundError: ");
            assertThat(exception.remedy()).contains("kemo-api");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"no words\"); | java.lang.IllegalStateException: no words",
                "return null; | java.lang.NullPointerException: its factory gives null",
            })
    void blamesThePluginWhoseFactoryMakesNothing(String body, String why) {
        PluginFolder plugins = new PluginFolder(folder);
        plugins.plugin("idle")
                .type(
                        "Idle",
                        """
                        @Extension
                        final class Idle implements TranscriberFactory<Idle.Options> {
                            record Options() {}
                            @Override public String name() { return "idle"; }
                            @Override public Class<Options> options() { return Options.class; }
                            @Override public Transcriber create(Options options) { %s }
                        }
                        """
                                .formatted(body))
                .index("example.idle.Idle")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            KemoException exception =
                    catchThrowableOfType(KemoException.class, () -> new ConfigurationReader(host, Map.of())
                            .component(Transcriber.class, ConfigurationDocument.ofText("type: idle", "it", folder)));

            assertThat(exception.category()).isEqualTo(KemoException.Category.PLUGIN);
            assertThat(exception.problem()).isEqualTo("The component [idle] cannot be made: [" + why + "].");
        }
    }

    private ResolvedConfiguration<KemoConfiguration> read(String yaml) throws IOException {
        return reader(Map.of()).read(document(yaml));
    }

    private ConfigurationDocument document(String yaml) throws IOException {
        return ConfigurationDocument.ofFile(Files.writeString(folder.resolve("conf.yaml"), yaml));
    }

    private static ConfigurationReader reader(Map<String, String> variables) {
        return new ConfigurationReader(new SampleCatalog(), variables);
    }

    private String component(String yaml) {
        return ((Component<?>) fusion(yaml).value()).options();
    }

    private ResolvedConfiguration<?> fusion(String yaml) {
        return reader(Map.of())
                .component(
                        org.kemo.api.fusion.FusionStrategy.class,
                        ConfigurationDocument.ofText(yaml, "fusion.yaml", folder));
    }

    private List<String> mistakes(String yaml, String... variables) throws IOException {
        Files.writeString(folder.resolve("conf.yaml"), yaml);
        Map<String, String> environment = new java.util.HashMap<>();
        for (String variable : variables) {
            environment.put(variable, "set");
        }
        KemoException exception = catchThrowableOfType(KemoException.class, () -> reader(environment)
                .read(ConfigurationDocument.ofFile(folder.resolve("conf.yaml"))));
        assertThat(exception.category()).isEqualTo(KemoException.Category.CONFIGURATION);
        return ((InvalidConfiguration) exception.getCause())
                .mistakes().stream()
                        .map(mistake -> mistake.toString().replace(folder + "/", ""))
                        .toList();
    }
}
