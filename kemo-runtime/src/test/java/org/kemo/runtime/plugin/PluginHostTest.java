package org.kemo.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.pf4j.PluginDescriptor;

class PluginHostTest {
    @TempDir
    private Path root;

    private PluginFolder plugins;

    @BeforeEach
    void makeFolder() {
        plugins = new PluginFolder(root);
    }

    @Test
    void findsTheComponentsOfAZipAndOfAJar() {
        plugins.plugin("one").transcriber("salem", "\"Sälem\"").pack(plugins.folder());
        plugins.plugin("two").transcriber("hello", "\"Hello\"").packAsJar(plugins.folder());

        try (PluginHost host = plugins.open()) {
            assertThat(host.names(ComponentKind.TRANSCRIBER)).containsExactly("hello", "salem");
            assertThat(host.names(ComponentKind.FUSION)).isEmpty();
            assertThat(PluginFolder.say(host, "salem")).isEqualTo("Sälem");
            assertThat(PluginFolder.say(host, "hello")).isEqualTo("Hello");
            assertThat(host.find(ComponentKind.TRANSCRIBER, "bye")).isEmpty();
            assertThat(host.origin(ComponentKind.TRANSCRIBER, "salem").orElseThrow())
                    .satisfies(plugin -> assertThat(plugin.id()).isEqualTo("one"))
                    .satisfies(plugin -> assertThat(plugin.version()).isEqualTo("1.0.0"))
                    .satisfies(
                            plugin -> assertThat(plugin.sha256().orElseThrow()).hasSize(64));
        }
    }

    @Test
    void loadsAJarWhoseNameIsWrittenInCapitals() throws IOException {
        Path jar = plugins.plugin("loud").transcriber("loud", "\"loud\"").packAsJar(plugins.folder());
        Files.move(jar, plugins.folder().resolve("LOUD-1.0.JAR"));

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "loud")).isEqualTo("loud");
        }
    }

    @Test
    void givesAConstructorTheServicesAndALoggerNamedByThePlugin() {
        plugins.plugin("asker")
                .transcriber(
                        "asker",
                        """
                        private final Logger log;
                        private final ModelStore models;
                        @Inject Says(SessionPool pool, ModelStore models, FeatureCache cache, Logger log) {
                            this.log = log;
                            this.models = models;
                        }
                        """,
                        "log.getName() + \" \" + models.resolve(\"weights\")")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "asker")).isEqualTo("org.kemo.plugin.asker weights");
        }
    }

    @Test
    void refusesAConstructorThatAsksForAnythingElse() {
        plugins.plugin("greedy")
                .transcriber("greedy", "@Inject Says(java.util.List<String> all) {}", "\"\"")
                .pack(plugins.folder());

        assertProblem("greedy", "java.util.List");
        assertThatThrownBy(plugins::open)
                .hasMessageContaining("SessionPool, ModelStore, ModelFiles, FeatureCache and Logger");
    }

    @Test
    void loadsTwoVersionsOfOneLibrarySideBySide() {
        plugins.plugin("old")
                .library(library("1"))
                .transcriber("old", "example.library.Version.text()")
                .pack(plugins.folder());
        plugins.plugin("young")
                .library(library("2"))
                .transcriber("young", "example.library.Version.text()")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "old")).isEqualTo("version 1");
            assertThat(PluginFolder.say(host, "young")).isEqualTo("version 2");
        }
    }

    @Test
    void hidesTheHostFromAPluginWithoutAModuleInfo() {
        plugins.plugin("nosy")
                .transcriber("nosy", tryToLoad("org.kemo.runtime.plugin.PluginHost"))
                .pack(plugins.folder());
        plugins.plugin("nosier")
                .transcriber("nosier", tryToLoad("com.google.inject.Guice"))
                .pack(plugins.folder());
        plugins.plugin("modest")
                .transcriber("modest", tryToLoad("org.kemo.api.KemoException"))
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "nosy")).isEqualTo("not found");
            assertThat(PluginFolder.say(host, "nosier")).isEqualTo("not found");
            assertThat(PluginFolder.say(host, "modest")).isEqualTo("found");
        }
    }

    @Test
    void letsAPluginUseThePluginThatItDependsOn() throws IOException {
        PluginFixture base = plugins.plugin("base")
                .type("Words", "public final class Words { public static String word() { return \"from base\"; } }")
                .transcriber("base", "Words.word()");
        base.pack(plugins.folder());
        plugins.plugin("above")
                .against(base.jar())
                .describe("plugin.dependencies", "base@>=1.0.0")
                .transcriber("above", "example.base.Words.word() + \", seen above\"")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "above")).isEqualTo("from base, seen above");
        }
    }

    @Test
    void countsThePluginsThatAUsedOneDependsOnAsUsed() {
        plugins.plugin("base").transcriber("base", "\"\"").pack(plugins.folder());
        plugins.plugin("middle")
                .describe("plugin.dependencies", "base")
                .transcriber("middle", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("above")
                .describe("plugin.dependencies", "middle")
                .transcriber("above", "\"\"")
                .pack(plugins.folder());
        Map<String, Object> configuration = Map.of("transcriber", Map.of("type", "above"));
        Map<String, String> before;
        try (PluginHost host = plugins.open()) {
            before = host.usedBy(configuration);
        }
        plugins.plugin("base").transcriber("base", "\"altered\"").pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            Map<String, String> after = host.usedBy(configuration);

            assertThat(after.keySet()).containsExactly("above", "base", "middle");
            assertThat(after.get("base")).startsWith("1.0.0 ").isNotEqualTo(before.get("base"));
            assertThat(after.get("middle")).isEqualTo(before.get("middle"));
            assertThat(host.usedBy(Map.of("transcriber", Map.of("type", "middle"))))
                    .containsOnlyKeys("base", "middle");
        }
    }

    @Test
    void namesAMissingADisabledAndAnUnfitDependency() {
        plugins.plugin("base").transcriber("base", "\"\"").pack(plugins.folder());
        plugins.plugin("above")
                .describe("plugin.dependencies", "bsae")
                .transcriber("above", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("later")
                .describe("plugin.dependencies", "base@>=2.0.0")
                .transcriber("later", "\"\"")
                .pack(plugins.folder());

        assertThat(problems("above"))
                .containsExactly(
                        "Plugin [above] depends on plugin [bsae], which is not there. Did you mean [base]? Put it into the plugins folder,"
                                + " or disable above.");
        assertThat(problems("later"))
                .containsExactly(
                        "Plugin [later] depends on plugin [base] in version [>=2.0.0], but version [1.0.0] is there. Install versions of"
                                + " the two that fit together.");
        assertThatThrownBy(() -> plugins.openWithout("above", "base"))
                .hasMessageContaining("Plugin [later] depends on plugin [base], which is not there. It is disabled");
    }

    @Test
    void namesThePluginsThatDependOnEachOtherInACircleAndNoOther() {
        plugins.plugin("a")
                .describe("plugin.dependencies", "b")
                .transcriber("a", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("b")
                .describe("plugin.dependencies", "a")
                .transcriber("b", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("c")
                .describe("plugin.dependencies", "b")
                .transcriber("c", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("d").transcriber("d", "\"\"").pack(plugins.folder());

        assertThat(problems("a"))
                .singleElement()
                .asString()
                .contains("Plugins [a, b] depend on each other in a circle");
        assertThat(problems("b")).singleElement().asString().contains("circle");
        assertThat(problems("c")).singleElement().asString().contains("depends on plugin [b], which is broken");
        assertThat(problems("d")).isEmpty();
    }

    @Test
    void refusesAPluginForAnotherKemoApi() {
        plugins.plugin("future")
                .describe("plugin.requires", ">=7.0.0")
                .transcriber("future", "\"\"")
                .pack(plugins.folder());

        assertProblem("future", "Plugin [future] needs kemo-api [>=7.0.0] but this is [0.1.0].");
    }

    @Test
    void refusesADescriptorThatSaysTooLittleOrNonsense() {
        broken("no-version", "plugin.version", "");
        broken("odd-version", "plugin.version", "new");
        broken("no-requires", "plugin.requires", "");
        broken("odd-requires", "plugin.requires", "some");
        broken("odd-dependency", "plugin.dependencies", "base?");
        broken("lifecycle", "plugin.class", "example.Lifecycle");

        assertThat(plugins.inventory().list()).hasSize(6).allSatisfy(plugin -> assertThat(plugin.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.problem()).contains("[" + plugin.id() + "] has a broken descriptor");
                    assertThat(problem.category()).isEqualTo(KemoException.Category.PLUGIN);
                }));
    }

    @Test
    void refusesAnArchiveWithoutADescriptorOrWithoutJars() {
        PluginFixture.zip(plugins.folder().resolve("nothing.zip"), Map.of("readme.txt", new byte[0]));
        plugins.plugin("empty").pack(plugins.folder());

        assertThat(problems("nothing.zip")).singleElement().asString().contains("no [plugin.properties] at the root");
        assertThat(problems("empty")).singleElement().asString().contains("holds no jar under [lib]");
    }

    @Test
    void saysOfAJarWithoutADescriptorThatTheZipIsThePlugin() {
        byte[] manifest = "Manifest-Version: 1.0\nCreated-By: a build\n".getBytes(StandardCharsets.UTF_8);
        PluginFixture.zip(plugins.folder().resolve("built.jar"), Map.of("META-INF/MANIFEST.MF", manifest));
        PluginFixture.zip(plugins.folder().resolve("bare.jar"), Map.of("readme.txt", new byte[0]));

        for (String jar : List.of("built.jar", "bare.jar")) {
            assertThat(problems(jar))
                    .singleElement()
                    .asString()
                    .contains("Plugin [" + jar + "] is a jar without a descriptor: neither [plugin.properties] nor"
                            + " [Plugin-Id] in its manifest.")
                    .contains("NAME-VERSION-plugin.zip: drop that in instead.");
        }
    }

    @Test
    void refusesADescriptorThatBeginsWithAByteOrderMark() {
        Map<String, byte[]> content =
                plugins.plugin("marked").transcriber("marked", "\"yes\"").content();
        String lines = new String(content.get("plugin.properties"), StandardCharsets.UTF_8);
        content.put("plugin.properties", ("\ufeff" + lines).getBytes(StandardCharsets.UTF_8));
        PluginFixture.zip(plugins.folder().resolve("marked.zip"), content);

        assertThat(problems("marked.zip"))
                .singleElement()
                .asString()
                .contains("[plugin.properties] begins with a byte order mark")
                .contains("Save it as UTF-8 without one.");
    }

    @Test
    void refusesAnEmptyExtensionIndex() {
        plugins.plugin("mute").type("Nothing", "final class Nothing {}").pack(plugins.folder());

        assertProblem("mute", "Plugin [mute] brings no component: [META-INF/extensions.idx] is missing or empty.");
        assertThat(problems("mute"))
                .singleElement()
                .asString()
                .contains("name org.pf4j:pf4j in the annotationProcessorPaths of the compiler");
    }

    @Test
    void refusesAnExtensionThatIsMissingOrNoFactory() {
        plugins.plugin("ghost")
                .type("Here", "final class Here {}")
                .index("example.ghost.Gone")
                .pack(plugins.folder());
        plugins.plugin("impostor")
                .type("Here", "final class Here {}")
                .index("example.impostor.Here")
                .pack(plugins.folder());

        assertThat(problems("ghost"))
                .singleElement()
                .asString()
                .contains("[example.ghost.Gone], which cannot be loaded");
        assertThat(problems("impostor")).singleElement().asString().contains("implements [0] extension points");
    }

    @Test
    void refusesAConstructorThatThrowsAndSaysWhatItThrew() {
        plugins.plugin("thrower")
                .transcriber("thrower", "Says() { throw new IllegalStateException(\"no licence\"); }", "\"\"")
                .pack(plugins.folder());

        assertProblem("thrower", "failed when it was constructed: [java.lang.IllegalStateException: no licence]");
        assertThatThrownBy(plugins::open).hasRootCauseMessage("no licence");
    }

    @Test
    void refusesAFactoryThatCannotSayItsName() {
        plugins.plugin("nameless")
                .type(
                        "Nameless",
                        """
                        @Extension
                        final class Nameless implements TranscriberFactory<Nameless.Options> {
                            record Options() {}
                            @Override public String name() { throw new UnsupportedOperationException("which name?"); }
                            @Override public Class<Options> options() { return Options.class; }
                            @Override public Transcriber create(Options options) { return waveform -> ""; }
                        }
                        """)
                .index("example.nameless.Nameless")
                .pack(plugins.folder());

        assertProblem(
                "nameless",
                "Plugin [nameless] cannot be loaded: [java.lang.UnsupportedOperationException: which name?]");
    }

    @Test
    void refusesAClassWhoseInitialisationFails() {
        plugins.plugin("initialiser")
                .transcriber("initialiser", "static final int ZERO = 1 / Integer.parseInt(\"0\");", "\"\" + ZERO")
                .pack(plugins.folder());

        assertProblem("initialiser", "ArithmeticException");
    }

    @Test
    void refusesTwoPluginsThatBringTheSameComponent() {
        plugins.plugin("first").transcriber("same", "\"1\"").pack(plugins.folder());
        plugins.plugin("second").transcriber("same", "\"2\"").pack(plugins.folder());

        assertProblem("first", "Plugins [first, second] bring the same component, transcriber [same].");
        assertProblem("second", "Plugins [first, second] bring the same component, transcriber [same].");
        try (PluginHost host = plugins.openWithout("first")) {
            assertThat(PluginFolder.say(host, "same")).isEqualTo("2");
        }
    }

    @Test
    void refusesANameThatAConfigurationCouldNotWrite() {
        plugins.plugin("shouter").transcriber("LOUD!", "\"\"").pack(plugins.folder());

        assertProblem("shouter", "names its component [LOUD!]");
    }

    @Test
    void refusesTwoVersionsOfOnePlugin() {
        plugins.plugin("twin").transcriber("twin", "\"1\"").pack(plugins.folder());
        plugins.plugin("twin")
                .describe("plugin.version", "1.1.0")
                .transcriber("twin", "\"2\"")
                .pack(plugins.folder());

        assertProblem("twin", "Plugin [twin] is there more than once");
    }

    @Test
    void refusesAFolderThatIsNotThereAndAPluginThatIsNotPacked() throws IOException {
        Files.createDirectory(plugins.folder().resolve("loose"));
        Files.writeString(plugins.folder().resolve("loose/plugin.properties"), "plugin.id=loose");
        PluginSettings settings = new PluginSettings(
                List.of(plugins.folder(), root.resolve("absent")),
                plugins.scratch().resolve("staging"),
                Set.of(),
                ArchiveLimits.DEFAULT);

        assertThat(new PluginInventory(settings, PluginFolder.services()).check())
                .extracting(KemoException::problem)
                .anySatisfy(problem -> assertThat(problem).contains("loose] is a plugin that is not packed"))
                .anySatisfy(problem -> assertThat(problem).contains("absent] does not exist"));
    }

    @Test
    void saysHowManyProblemsThereAreBesideTheFirst() {
        broken("a", "plugin.version", "");
        broken("b", "plugin.version", "");
        broken("c", "plugin.version", "");

        assertThatThrownBy(plugins::open)
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[a]")
                .hasMessageContaining("kemo plugins check lists [2] more");
        assertThat(plugins.inventory().check()).hasSize(3);
    }

    @Test
    void loadsNothingOfADisabledPlugin() {
        plugins.plugin("bomb")
                .transcriber("bomb", "Says() { throw new IllegalStateException(); }", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("kept").transcriber("kept", "\"kept\"").pack(plugins.folder());

        try (PluginHost host = plugins.openWithout("bomb")) {
            assertThat(host.names(ComponentKind.TRANSCRIBER)).containsExactly("kept");
            assertThat(host.plugins())
                    .extracting(PluginInfo::id, PluginInfo::state)
                    .containsExactly(tuple("bomb", PluginInfo.State.DISABLED), tuple("kept", PluginInfo.State.ENABLED));
            assertThat(host.plugins().get(0).sha256()).isEmpty();
        }
    }

    @Test
    void saysHowADisabledPluginIsEnabledWhoseComponentIsNamed() {
        plugins.plugin("polite").transcriber("hello", "\"Hello\"").pack(plugins.folder());
        plugins.plugin("leaver").transcriber("bye", "\"Bye\"").pack(plugins.folder());
        // From then on it is known what they bring.
        plugins.open().close();
        plugins.inventory().disable("polite");
        plugins.plugin("unseen").transcriber("unseen", "\"\"").pack(plugins.folder());

        try (PluginHost host = plugins.openWithout("leaver", "unseen")) {
            assertThat(host.suggestion(ComponentKind.TRANSCRIBER, "hello"))
                    .isEqualTo("The plugin [polite] is disabled: run kemo plugins enable polite.");
            assertThat(host.suggestion(ComponentKind.TRANSCRIBER, "bye"))
                    .isEqualTo("The plugin [leaver] is disabled: take it out of [host.plugins.disabled] in the"
                            + " configuration.");
            assertThat(host.suggestion(ComponentKind.TRANSCRIBER, "unseen"))
                    .startsWith("The plugin [unseen] is disabled");
            assertThat(host.suggestion(ComponentKind.TRANSCRIBER, "polite")).isEqualTo("There is none.");
            assertThat(host.suggestion(ComponentKind.FUSION, "hello")).isEqualTo("There is none.");
        }
    }

    @Test
    void suggestsTheNearestNameForAPluginThatTheConfigurationDisablesInVain() {
        plugins.plugin("torch").transcriber("torch", "\"\"").pack(plugins.folder());

        assertThatThrownBy(() -> plugins.openWithout("torhc")).isInstanceOfSatisfying(KemoException.class, e -> {
            assertThat(e.category()).isEqualTo(KemoException.Category.CONFIGURATION);
            assertThat(e.remedy()).isEqualTo("Did you mean [torch]?");
        });
    }

    @Test
    void loadsAPluginOnTheSecondStartOnlyWhenItIsAskedFor() {
        System.clearProperty("kemo.test.constructed");
        plugins.plugin("lazy")
                .transcriber("lazy", "Says() { System.setProperty(\"kemo.test.constructed\", \"yes\"); }", "\"lazy\"")
                .pack(plugins.folder());
        plugins.plugin("other").transcriber("other", "\"other\"").pack(plugins.folder());
        try (PluginHost first = plugins.open()) {
            assertThat(first.loaded()).containsExactly("lazy", "other");
            assertThat(System.clearProperty("kemo.test.constructed")).isEqualTo("yes");
        }

        try (PluginHost second = plugins.open()) {
            assertThat(second.names(ComponentKind.TRANSCRIBER)).containsExactly("lazy", "other");
            assertThat(second.loaded()).isEmpty();
            assertThat(System.getProperty("kemo.test.constructed")).isNull();

            assertThat(PluginFolder.say(second, "lazy")).isEqualTo("lazy");
            assertThat(second.loaded()).containsExactly("lazy");
        } finally {
            System.clearProperty("kemo.test.constructed");
        }
    }

    @Test
    void unpacksAgainWhatSomebodyCutShortInTheStagingArea() throws IOException {
        plugins.plugin("cut").transcriber("cut", "\"whole\"").pack(plugins.folder());
        plugins.open().close();
        try (var files = Files.walk(plugins.scratch().resolve("staging"))) {
            Path jar = files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            Files.write(jar, new byte[10]);
        }

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "cut")).isEqualTo("whole");
        }
    }

    @Test
    void namesTheUnpackedPluginWhereItWasChangedAndCannotBeLoaded() throws IOException {
        plugins.plugin("changed").transcriber("changed", "\"\"").pack(plugins.folder());
        plugins.open().close();
        Path place = staged().get(0);
        Path jar = place.resolve("content/lib/changed.jar");
        byte[] whole = Files.readAllBytes(jar);
        int packedClass = new String(whole, StandardCharsets.ISO_8859_1).indexOf("/Says.class") + 12;
        int directory = whole.length - 22;
        for (int at : new int[] {packedClass, directory}) {
            byte[] changed = whole.clone();
            Arrays.fill(changed, at, at + 20, (byte) 0x55);
            Files.write(jar, changed);

            try (PluginHost host = plugins.open()) {
                assertThatThrownBy(() -> host.find(ComponentKind.TRANSCRIBER, "changed"))
                        .hasMessageContaining("Plugin [changed]")
                        .hasMessageContaining("emove [" + place)
                        .hasMessageContaining("which is unpacked again");
            }
        }
    }

    @Test
    void unpacksAgainWhatAMachineThatStoppedLeftEmpty() throws IOException {
        plugins.plugin("cut").transcriber("cut", "\"whole\"").pack(plugins.folder());
        plugins.open().close();
        try (Stream<Path> files = Files.walk(staged().get(0))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[0]);
            }
        }

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "cut")).isEqualTo("whole");
        }
    }

    @Test
    void survivesNotesInTheStagingAreaThatMakeNoSense() throws IOException {
        plugins.plugin("noted").transcriber("noted", "\"noted\"").pack(plugins.folder());
        plugins.open().close();
        Files.writeString(plugins.scratch().resolve("staging/sums"), "one two\nthree\n");
        Files.writeString(staged().get(0).resolve("files"), "many files\n");
        Files.writeString(staged().get(0).resolve("components"), "under the moon\nfusion\n");

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "noted")).isEqualTo("noted");
        }
    }

    @Test
    void makesNotesInTheStagingAreaAnewThatAreNoText() throws IOException {
        plugins.plugin("noted").transcriber("noted", "\"noted\"").pack(plugins.folder());
        plugins.open().close();
        Path staged = staged().get(0);
        for (Path note :
                List.of(staged.resolveSibling("sums"), staged.resolve("files"), staged.resolve("components"))) {
            String before = Files.readString(note);
            Files.write(note, new byte[] {'a', (byte) 0xff, '\n'});

            try (PluginHost host = plugins.open()) {
                assertThat(PluginFolder.say(host, "noted")).isEqualTo("noted");
            }
            assertThat(note).hasContent(before);
        }
    }

    @Test
    void letsSeveralHostsStartAtOnceOnOneStagingArea() {
        plugins.plugin("one").transcriber("one", "\"1\"").pack(plugins.folder());
        plugins.plugin("two").transcriber("two", "\"2\"").pack(plugins.folder());

        List<CompletableFuture<String>> starts = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try (PluginHost host = plugins.open()) {
                        return PluginFolder.say(host, "one") + PluginFolder.say(host, "two");
                    }
                }))
                .limit(8)
                .toList();

        assertThat(starts).extracting(CompletableFuture::join).containsOnly("12");
        assertThat(plugins.scratch().resolve("staging").toFile().list())
                .as("two plugins and the sums, nothing left aside")
                .hasSize(3);
    }

    @Test
    void startsFromAStagingAreaThatWasFilledBeforehandAndCannotBeWrittenTo() throws IOException {
        Path archive = plugins.plugin("kept").transcriber("kept", "\"kept\"").pack(plugins.folder());
        plugins.open().close();
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(60)));
        Path plugin = staged().get(0);
        Files.delete(plugin.resolve("components"));
        List<Path> closed = List.of(plugin, plugin.getParent());
        permit(closed, "r-xr-xr-x");
        try {
            assumeThat(Files.isWritable(plugin))
                    .as("A superuser writes everywhere")
                    .isFalse();

            try (PluginHost host = plugins.open()) {
                assertThat(PluginFolder.say(host, "kept")).isEqualTo("kept");
            }
        } finally {
            permit(closed, "rwx------");
        }
    }

    private static void permit(List<Path> folders, String permissions) throws IOException {
        for (Path folder : folders) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        }
    }

    @Test
    void removesWhatNobodyHasUsedForAMonthWhenItUnpacks() throws IOException {
        plugins.plugin("old").transcriber("old", "\"\"").pack(plugins.folder());
        plugins.open().close();
        Path unused = staged().get(0);
        Files.setLastModifiedTime(unused, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
        plugins.open().close();
        assertThat(unused).as("a start counts as use").exists();

        Files.setLastModifiedTime(unused, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
        plugins.plugin("old").transcriber("old", "\"changed\"").pack(plugins.folder());
        plugins.open().close();

        assertThat(unused).doesNotExist();
        assertThat(staged()).hasSize(1);
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> places = Files.list(plugins.scratch().resolve("staging"))) {
            return places.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void seesThatAnArchiveWasReplaced() {
        plugins.plugin("fresh").transcriber("new", "\"one\"").pack(plugins.folder());
        plugins.open().close();
        plugins.plugin("fresh")
                .transcriber("new", "\"two\"")
                .transcriber("more", "\"three\"")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "new")).isEqualTo("two");
            assertThat(PluginFolder.say(host, "more")).isEqualTo("three");
        }
    }

    @Test
    void looksAgainAtAPluginWhenOneThatItDependsOnWasReplaced() {
        PluginFixture base = plugins.plugin("base")
                .type("Words", "public final class Words { public static final Object WORD = new Object(); }")
                .transcriber("base", "\"\"");
        base.pack(plugins.folder());
        plugins.plugin("above")
                .against(base.jar())
                .describe("plugin.dependencies", "base")
                .transcriber("above", "Says() { example.base.Words.WORD.hashCode(); }", "\"\"")
                .pack(plugins.folder());
        plugins.open().close();
        plugins.plugin("base").transcriber("base", "\"\"").pack(plugins.folder());

        assertProblem("above", "NoClassDefFoundError");
    }

    @Test
    void lockAllowsWhatItListsAndNothingElse() throws IOException {
        plugins.plugin("listed").transcriber("listed", "\"listed\"").pack(plugins.folder());
        Path lock = plugins.inventory().lock();
        assertThat(Files.readString(lock)).containsPattern("(?m)^listed 1\\.0\\.0 [0-9a-f]{64}$");
        try (PluginHost host = plugins.open()) {
            assertThat(PluginFolder.say(host, "listed")).isEqualTo("listed");
        }

        Path stranger =
                plugins.plugin("stranger").transcriber("stranger", "\"\"").pack(plugins.folder());
        assertProblem("stranger", "is not listed in [" + lock + "]");
        try (PluginHost host = plugins.openWithout("stranger")) {
            assertThat(host.names(ComponentKind.TRANSCRIBER)).containsExactly("listed");
        }
        Files.delete(stranger);

        Path listed =
                plugins.plugin("listed").transcriber("listed", "\"altered\"").pack(plugins.folder());
        assertProblem("listed", "Plugin [listed] is version [1.0.0] with the sum [");
        assertThat(staged()).as("what is not listed is not unpacked").hasSize(1);

        Files.delete(listed);
        assertThat(plugins.inventory().check())
                .extracting(KemoException::problem)
                .containsExactly("Plugin [listed] is listed in [" + lock + "] but is not in the plugins folder.");
    }

    @Test
    void refusesALockThatCannotBeRead() throws IOException {
        plugins.plugin("listed").transcriber("listed", "\"\"").pack(plugins.folder());
        Files.writeString(plugins.folder().resolve("plugins.lock"), "# fine\nlisted 1.0.0 abc\n");
        assertThatThrownBy(plugins::open).hasMessageContaining("has the line [listed 1.0.0 abc]");
    }

    @Test
    void refusesAStagingAreaThatOthersMayWriteInto() throws IOException {
        Path staging = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxrwxrwx"));
        PluginSettings settings =
                new PluginSettings(List.of(plugins.folder()), staging, Set.of(), ArchiveLimits.DEFAULT);

        assertThatThrownBy(() -> PluginHost.open(settings, PluginFolder.services()))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("can be written by others");
    }

    @Test
    void namesTheStagingAreaAndHowToChooseAnotherWhereItCannotBeWritten() throws IOException {
        Path zip = plugins.plugin("one").transcriber("one", "\"\"").pack(plugins.folder());
        Path staging = root.resolve("staging");
        StagingArea area = StagingArea.open(staging);
        Files.delete(staging);
        try (PluginArchive archive = PluginArchive.open(zip, ArchiveLimits.DEFAULT)) {
            PluginDescriptor descriptor = new DescriptorReader().read(archive, "one");
            String sum = archive.sha256();

            assertThatThrownBy(() -> area.stage(archive, sum, descriptor))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageContaining("Unpacked plugins cannot be kept in [" + staging + "]: [java.nio.file.")
                    .hasMessageContaining("XDG_CACHE_HOME");
        }
    }

    @Test
    void saysTheSameWhereItsFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "No folder.");
        PluginSettings settings =
                new PluginSettings(List.of(plugins.folder()), file.resolve("staging"), Set.of(), ArchiveLimits.DEFAULT);

        assertThatThrownBy(() -> PluginHost.open(settings, PluginFolder.services()))
                .hasMessageContaining("Unpacked plugins cannot be kept in [" + file.resolve("staging") + "]: [")
                .hasMessageContaining("XDG_CACHE_HOME");
    }

    @Test
    void letsGoOfAPluginsClassesAndLoadsThemAnew() throws InterruptedException {
        plugins.plugin("leaver")
                .library(library("1"))
                .transcriber("leaver", "example.library.Version.text()")
                .pack(plugins.folder());

        try (PluginHost host = plugins.open()) {
            for (int round = 0; round < 3; round++) {
                WeakReference<ClassLoader> loader = use(host, "leaver");
                host.unload("leaver");
                assertCollected(loader);
                assertThat(host.loaded()).isEmpty();
            }
            assertThat(PluginFolder.say(host, "leaver")).isEqualTo("version 1");
        }
    }

    private static WeakReference<ClassLoader> use(PluginHost host, String name) {
        assertThat(PluginFolder.say(host, name)).isEqualTo("version 1");
        return new WeakReference<>(host.find(ComponentKind.TRANSCRIBER, name)
                .orElseThrow()
                .getClass()
                .getClassLoader());
    }

    static void assertCollected(WeakReference<ClassLoader> loader) throws InterruptedException {
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(loader.get()).isNull();
    }

    private Path library(String version) {
        return new PluginFixture(plugins.scratch(), "library")
                .type(
                        "Version",
                        "public final class Version { public static String text() { return \"version " + version
                                + "\"; } }")
                .jar();
    }

    private static String tryToLoad(String className) {
        return "{ try { Class.forName(\"" + className
                + "\"); return \"found\"; } catch (ClassNotFoundException e) { return \"not found\"; } }";
    }

    private void broken(String id, String key, String value) {
        plugins.plugin(id).describe(key, value).transcriber(id, "\"\"").pack(plugins.folder());
    }

    private List<String> problems(String id) {
        return plugins.inventory().list().stream()
                .filter(plugin -> plugin.id().equals(id))
                .flatMap(plugin -> plugin.problems().stream())
                .map(KemoException::getMessage)
                .toList();
    }

    private void assertProblem(String id, String text) {
        assertThat(problems(id)).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                .contains(text));
        assertThatThrownBy(plugins::open).isInstanceOf(KemoException.class).hasMessageContaining(text);
    }
}
