package org.kemo.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.data.DatasetReader;
import org.kemo.runtime.session.SessionsConfiguration;

class ConfigurationDocumentTest {
    private static final String BASE =
            """
            seed: 1
            labels: {space: [neutral, angry]}
            modalities:
              audio: {encoder: {type: bilstm, hidden: 32, layers: 4}, labels: [neutral, angry]}
            fusion: {type: dynamic-gated, hidden: 8}
            train:
              stages:
                - {name: audio, modalities: [audio], epochs: 9, data: {type: clips, root: clips}}
                - {name: fusion, fusion: true, data: {type: clips, root: clips}}
            """;

    @TempDir
    Path folder;

    @Test
    void mergesMappingsDeeplyAndReplacesListsAlongAChainOfFiles() throws IOException {
        file("base.yaml", BASE);
        file("sub/middle.yaml", "extends: ../base.yaml\nseed: 2\nmodalities: {audio: {encoder: {hidden: 16}}}\n");
        Path top = file("sub/top.yaml", "extends: middle.yaml\nlabels: {space: [sad, angry, neutral]}\n");

        KemoConfiguration read = read(ConfigurationDocument.ofFile(top));

        assertThat(read.seed()).isEqualTo(2);
        assertThat(read.labels().space()).containsExactly("sad", "angry", "neutral");
        assertThat(read.modalities().get("audio").encoder().get(0).options()).isEqualTo("{\"hidden\":16,\"layers\":4}");
    }

    @Test
    void resolvesAPathAgainstTheFileInWhichItStands() throws IOException {
        file("base/base.yaml", BASE);
        Path top = file("top.yaml", "extends: base/base.yaml\n");

        assertThat(read(ConfigurationDocument.ofFile(top))
                        .train()
                        .orElseThrow()
                        .stages()
                        .get(0)
                        .data()
                        .options())
                .contains("\"root\":\"" + folder.resolve("base/clips") + "\"");
    }

    @Test
    void leavesTheOptionsOfAnotherTypeBehind() throws IOException {
        file("base.yaml", BASE);
        Path top = file("top.yaml", "extends: base.yaml\nfusion: {type: static}\n");

        assertThat(read(ConfigurationDocument.ofFile(top))
                        .fusion()
                        .orElseThrow()
                        .type())
                .isEqualTo("static");
        assertThat(read(document().with(List.of("fusion.type=static", "fusion.lambda=0.25"), folder))
                        .fusion()
                        .orElseThrow()
                        .options())
                .isEqualTo("{\"lambda\":0.25}");
    }

    @Test
    void takesATypeAndItsOptionsInAnyOrder() throws IOException {
        for (List<String> overrides : List.of(
                List.of("fusion.type=static", "fusion.lambda=0.25"),
                List.of("fusion.lambda=0.25", "fusion.type=static"),
                List.of("fusion.lambda=0.1", "fusion.type=dynamic-gated", "fusion.lambda=0.25", "fusion.type=static"),
                List.of("fusion.lambda=0.25", "seed=3", "fusion.type=static"))) {
            assertThat(fusion(document().with(overrides, folder)))
                    .as(overrides.toString())
                    .isEqualTo("static@1{\"lambda\":0.25}");
        }
        assertThat(fusion(document().with(overrides("fusion.lambda: 0.25"), overrides("fusion.type: static"))))
                .isEqualTo("static@1{\"lambda\":0.25}");
    }

    @Test
    void keepsToTheOrderOfAComponentAndATypeInIt() throws IOException {
        assertThat(fusion(document().with(List.of("fusion={type: static}", "fusion.type=dynamic-gated"), folder)))
                .isEqualTo("dynamic-gated@1{\"hidden\":null,\"note\":\"\"}");
        assertThat(fusion(document().with(List.of("fusion.type=dynamic-gated", "fusion={type: static}"), folder)))
                .isEqualTo("static@1{\"lambda\":0.5}");
        assertThat(fusion(document()
                        .with(List.of("fusion.hidden=4", "fusion=static", "fusion.type=dynamic-gated"), folder)))
                .isEqualTo("dynamic-gated@1{\"hidden\":null,\"note\":\"\"}");
    }

    @Test
    void leavesTheNestedOptionsOfAnotherTypeBehindInAnOverrideAsInAFile() throws IOException {
        Path base = file("base.yaml", "type: pairs\nsources: {}\npairing: {seed: 5}\n");
        Path top = file("top.yaml", "extends: base.yaml\ntype: crossed-pairs\nsources: {}\npairing: {twice: true}\n");
        ConfigurationDocument overridden = ConfigurationDocument.ofFile(base)
                .with(List.of("type=crossed-pairs", "sources={}", "pairing.twice=true"), folder);

        assertThat(data(overridden))
                .isEqualTo(data(ConfigurationDocument.ofFile(top)))
                .contains("\"pairing\":{\"seed\":1,\"twice\":true}");
    }

    private static String data(ConfigurationDocument document) {
        return new ConfigurationReader(new SampleCatalog(), Map.of())
                .component(DatasetReader.class, document)
                .value()
                .fingerprint();
    }

    private static String fusion(ConfigurationDocument document) {
        return read(document).fusion().orElseThrow().fingerprint();
    }

    private Overrides overrides(String yaml) {
        return new Overrides(
                ConfigurationDocument.ofText(yaml, "overrides.yaml", folder).root());
    }

    @Test
    void combinesEveryValueOfAListWithEveryOther() {
        assertThat(overrides("{a: [1, 2], b: x}").combinations()).containsOnlyKeys("a=1 b=x", "a=2 b=x");
        assertThatThrownBy(() -> overrides("a: [1, 2]\nb: []").combinations())
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("overrides.yaml:2:4 b: expected at least one value, but found an empty list.");
    }

    @Test
    void keepsTheOtherOptionsOfARecordWhoseTypeIsNoComponent() throws IOException {
        ConfigurationDocument document = document()
                .with(
                        List.of(
                                "train.stages.0.optimizer={type: adam, beta1: 0.8}",
                                "train.stages.0.optimizer.type=adamw"),
                        folder);

        assertThat(read(document)
                        .train()
                        .orElseThrow()
                        .stages()
                        .get(0)
                        .optimizer()
                        .beta1())
                .isEqualTo(0.8);
    }

    @Test
    void extendsTheShortFormOfAComponent() throws IOException {
        file("base.yaml", BASE.replace("fusion: {type: dynamic-gated, hidden: 8}", "fusion: dynamic-gated"));
        Path top = file("top.yaml", "extends: base.yaml\nfusion: {hidden: 4}\n");

        assertThat(read(ConfigurationDocument.ofFile(top))
                        .fusion()
                        .orElseThrow()
                        .options())
                .isEqualTo("{\"hidden\":4,\"note\":\"\"}");
    }

    @Test
    void saysWhichFilesExtendEachOtherInACircle() throws IOException {
        file("a.yaml", "extends: b.yaml\n");
        file("b.yaml", "seed: 1\nextends: c.yaml\n");
        file("c.yaml", "extends: b.yaml\n");

        assertThatThrownBy(() -> ConfigurationDocument.ofFile(folder.resolve("a.yaml")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(
                        "c.yaml:1:10 extends: the file [b.yaml] extends itself: b.yaml -> c.yaml -> b.yaml.");
    }

    @Test
    void saysWhereAFileIsMissing() throws IOException {
        Path top = file("top.yaml", "extends: absent.yaml\n");

        assertThatThrownBy(() -> ConfigurationDocument.ofFile(top))
                .hasMessageContaining(
                        "top.yaml:1:10 extends: there is no file [" + folder.resolve("absent.yaml") + "].");
    }

    @Test
    void overridesElementsByPositionAndByName() throws IOException {
        ConfigurationDocument document = document()
                .with(
                        List.of(
                                "train.stages.0.epochs=3",
                                "train.stages.fusion.epochs=4",
                                "train.stages.2={name: third, modalities: [audio], data: {type: clips, root: x}}",
                                "labels.space=[angry, neutral]"),
                        folder);

        KemoConfiguration read = read(document);

        assertThat(read.train().orElseThrow().stages())
                .extracting(StageConfiguration::name, StageConfiguration::epochs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("audio", 3),
                        org.assertj.core.groups.Tuple.tuple("fusion", 4),
                        org.assertj.core.groups.Tuple.tuple("third", 20));
        assertThat(read.labels().space()).containsExactly("angry", "neutral");
    }

    /** Options that are overrides themselves. */
    record Varied(Overrides set, List<Part> parts) {
        record Part(String name, Overrides set) {}
    }

    @Test
    void addsToTheOverridesOfADocumentByTheirPaths() {
        ConfigurationDocument document = ConfigurationDocument.ofText(
                        "{set: {fusion.type: static, seed: 2}, parts: [{name: a, set: {}}]}", "varied.yaml", folder)
                .with(
                        List.of(
                                "set.fusion.type=concat",
                                "set.train.stages.audio.epochs=3",
                                "parts.a.set.fusion.lambda=0.25"),
                        folder,
                        Varied.class);

        Varied read = new ConfigurationReader(new SampleCatalog(), Map.of())
                .read(Varied.class, document)
                .value();

        assertThat(read.set()).hasToString("{fusion.type: concat, seed: 2, train.stages.audio.epochs: 3}");
        assertThat(read.parts().get(0).set()).hasToString("{fusion.lambda: 0.25}");
    }

    @Test
    void saysWhichOverrideNamesNoElement() throws IOException {
        ConfigurationDocument document = document();

        assertThatThrownBy(() -> document.with(List.of("train.stages.adio.epochs=3"), folder))
                .hasMessageContaining("override [train.stages.adio.epochs=3] train.stages.adio.epochs: the list"
                        + " [train.stages] has no element [adio], only 2. Did you mean [audio]?");
        assertThatThrownBy(() -> document.with(List.of("train.stages.7.epochs=3"), folder))
                .hasMessageContaining("has no element [7], only 2.");
    }

    @Test
    void reportsAMistakeInAnOverrideAtTheOverride() throws IOException {
        ConfigurationDocument document = document().with(List.of("train.stages.0.epochz=3", "seed=x"), folder);

        assertThatThrownBy(() -> read(document))
                .hasMessageContaining("override [train.stages.0.epochz=3] train.stages.0.epochz: there is no option"
                        + " [epochz]. Did you mean [epochs]?")
                .hasMessageContaining("override [seed=x] seed: expected a whole number, but found the text [x].");
    }

    @Test
    void refusesAnOverrideWithoutAValueOrAPath() throws IOException {
        ConfigurationDocument document = document();
        for (String wrong : List.of("seed", "=3", "a..b=3", ".a=1")) {
            assertThatThrownBy(() -> document.with(List.of(wrong), folder))
                    .hasMessageContaining("The override [" + wrong + "] is not a path and a value.");
        }
    }

    @Test
    void takesAnEmptyOverrideForNothing() throws IOException {
        assertThat(read(document().with(List.of("train=", "fusion="), folder)).fusion())
                .isEmpty();
    }

    @Test
    void refusesStagesThatDoNotFitTheModel() throws IOException {
        assertRefused("The stage [fusion] trains a fusion strategy, and there is none.", "fusion=");
        assertRefused(
                "The stage [audio] trains the modality [adio], which there is not. Did you mean [audio]?",
                "train.stages.audio.modalities=[adio]");
        assertRefused("The stage [audio] trains nothing.", "train.stages.audio.modalities=[]");
        assertRefused("Two stages have the name [audio].", "train.stages.fusion.name=audio");
        assertRefused("The name [a/b] of a stage is no file name.", "train.stages.audio.name=a/b");
        assertRefused("There are no stages.", "train.stages=[]");
    }

    private void assertRefused(String problem, String override) throws IOException {
        ConfigurationDocument document = document().with(List.of(override), folder);
        assertThatThrownBy(() -> read(document)).hasMessageContaining(problem);
    }

    @Test
    void takesAModalityOutWithAllThatHangsOnIt() throws IOException {
        Path file = file(
                "two.yaml",
                BASE.replace(
                        "modalities:\n",
                        "modalities:\n  text: {encoder: {type: bilstm, hidden: 8, layers: 1}, labels: [neutral, angry]}\n"));
        ConfigurationDocument document = ConfigurationDocument.ofFile(file)
                .with(List.of("labels.align={text: {calm: neutral}, audio: {}}"), folder);

        ConfigurationDocument single = document.with(List.of("modalities.text=off"), folder);
        KemoConfiguration read = read(single);

        assertThat(read.modalities()).containsOnlyKeys("audio");
        assertThat(read.labels().align()).containsOnlyKeys("audio");
        assertThat(read.fusion()).isEmpty();
        assertThat(read.train().orElseThrow().stages())
                .extracting(StageConfiguration::name)
                .containsExactly("audio");
        assertThatThrownBy(() -> document.with(List.of("modalities.txt=off"), folder))
                .hasMessageContaining("there is no modality [txt] to switch off. Did you mean [text]?");
    }

    @Test
    void takesAComponentOutOfTheListsOfComponentsByItsNameToo() throws IOException {
        Path file = file(
                "short.yaml",
                BASE.replace("modalities:\n", "modalities:\n  text: {encoder: [bilstm], labels: [bilstm, neutral]}\n")
                        .replace("space: [neutral, angry]", "space: [neutral, angry, bilstm]"));

        ConfigurationDocument without = ConfigurationDocument.ofFile(file).with(List.of("plugins.bilstm=off"), folder);

        assertThatThrownBy(() -> read(without)).hasMessageContaining("There is no encoder.");
        assertThat(read(without.with(List.of("modalities.text.encoder=bilstm"), folder))
                        .modalities()
                        .get("text")
                        .labels())
                .containsExactly("bilstm", "neutral");
    }

    @Test
    void switchesAComponentOnOrOffAndTakesNothingElseForASwitch() throws IOException {
        ConfigurationDocument document = ConfigurationDocument.ofFile(
                file("lists.yaml", BASE.replace("audio: {encoder", "audio: {features: [mfcc], encoder")));

        for (String on : List.of("on", "true")) {
            assertThat(features(document.with(List.of("plugins.mfcc=" + on), folder)))
                    .hasSize(1);
        }
        for (String off : List.of("off", "false")) {
            assertThat(features(document.with(List.of("plugins.mfcc=" + off), folder)))
                    .isEmpty();
        }
        for (String wrong : List.of("Off", "False", "of")) {
            assertThatThrownBy(() -> document.with(List.of("plugins.mfcc=" + wrong), folder))
                    .hasMessageContaining("plugins.mfcc: expected on or off, but found the ")
                    .hasMessageContaining(" [" + wrong + "]. Did you mean [");
        }
        assertThatThrownBy(() -> document.with(List.of("plugins.mfc=on", "plugins.nosuch=off"), folder))
                .hasMessageContaining(
                        "plugins.mfc: there is no component [mfc] in any list, so that it cannot be switched on."
                                + " Did you mean [mfcc]?")
                .hasMessageContaining(
                        "there is no component [nosuch] in any list, so that it cannot be switched off. What"
                                + " a run cannot do without is replaced");
    }

    private static List<?> features(ConfigurationDocument document) {
        return read(document).modalities().get("audio").features();
    }

    @Test
    void readsAliases() throws IOException {
        Path file = file(
                "alias.yaml",
                BASE.replace("[neutral, angry]}\nmodalities", "&classes [neutral, angry]}\nmodalities")
                        .replace("labels: [neutral, angry]}", "labels: *classes}"));

        assertThat(read(ConfigurationDocument.ofFile(file))
                        .modalities()
                        .get("audio")
                        .labels())
                .containsExactly("neutral", "angry");
    }

    @Test
    void refusesAliasesThatWouldFillTheMemory() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(10, alias)) + "]\n");
        }
        Path file = file("bomb.yaml", bomb.toString());

        assertThatThrownBy(() -> ConfigurationDocument.ofFile(file))
                .hasMessageContaining("the text has more than [100000] values.");
    }

    @Test
    void saysWhereAFileIsNotYaml() throws IOException {
        Path file = file("broken.yaml", "seed: 1\nlabels:\n  space: [a, b\nmodalities: {}\n");

        assertThatThrownBy(() -> ConfigurationDocument.ofFile(file))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining(
                        "broken.yaml:4:11: this is not YAML: while parsing a flow sequence, expected ',' or ']'");
    }

    @Test
    void refusesWhatIsNoConfiguration() throws IOException {
        Path list = file("list.yaml", "- 1\n- 2\n");
        Path two = file("two.yaml", "seed: 1\n---\nseed: 2\n");
        Path merge = file("merge.yaml", "a: &a {x: 1}\nb:\n  <<: *a\n");
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "name: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ConfigurationDocument.ofFile(list))
                .hasMessageContaining("list.yaml:1:1: expected a mapping of names to values, but found a list.");
        assertThatThrownBy(() -> ConfigurationDocument.ofFile(two))
                .hasMessageContaining("two.yaml:3:1: expected one document, but a second one begins here.");
        assertThatThrownBy(() -> ConfigurationDocument.ofFile(merge))
                .hasMessageContaining("merge.yaml:3:3 <<: merge keys [<<] are not read.");
        assertThatThrownBy(() -> ConfigurationDocument.ofFile(latin)).hasMessageContaining("is not text in UTF-8");
        assertThatThrownBy(() -> ConfigurationDocument.ofFile(folder)).hasMessageContaining("is no regular file");
    }

    @Test
    void readsWhatTheHostGivesBeforeThereAreComponents() throws IOException {
        ConfigurationDocument document = ConfigurationDocument.ofFile(
                file("host.yaml", BASE + "host:\n  plugins: {disabled: [torch], folders: [more]}\n"));

        HostConfiguration host = HostConfiguration.read(document, Map.of()).value();

        assertThat(host.sessions()).isEqualTo(new SessionsConfiguration(List.of("cpu"), 0, false, 2, 64, 120, 8192));
        assertThat(host.plugins())
                .isEqualTo(new PluginsConfiguration(List.of(folder.resolve("more")), List.of("torch")));
        assertThat(read(document).seed()).isEqualTo(1);
        assertThatThrownBy(() -> HostConfiguration.read(document.with(List.of("host.plugin={}"), folder), Map.of()))
                .hasMessageContaining("host.plugin: there is no option [plugin]. Did you mean [plugins]?");
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ConfigurationDocument document() throws IOException {
        return ConfigurationDocument.ofFile(file("conf.yaml", BASE));
    }

    private static KemoConfiguration read(ConfigurationDocument document) {
        return new ConfigurationReader(new SampleCatalog(), Map.of())
                .read(document)
                .value();
    }
}
