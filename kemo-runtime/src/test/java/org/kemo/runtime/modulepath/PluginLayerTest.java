package org.kemo.runtime.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.runtime.plugin.PluginFixture;
import org.kemo.runtime.plugin.PluginFolder;

/** Layers exist only where kemo-api is a module, so each of these tests starts a process on the module path. */
class PluginLayerTest {
    @TempDir
    private Path root;

    @Test
    void keepsPluginsApartInLayersThatCanBeCollected() throws IOException, InterruptedException {
        PluginFolder plugins = new PluginFolder(root);
        plugins.plugin("old")
                .library(library(plugins, "1"))
                .module("requires example.library;")
                .transcriber("old", "example.library.Version.text()")
                .pack(plugins.folder());
        plugins.plugin("young")
                .library(library(plugins, "2"))
                .library(jarOfHost("slf4j-api"))
                .module("requires example.library;")
                .transcriber("young", "Says(){}", "example.library.Version.text()")
                .pack(plugins.folder());
        PluginFixture base = plugins.plugin("base")
                .module("exports example.base;")
                .type(
                        "Words",
                        """
                        public final class Words {
                            public static String word() { return "from base"; }
                            public static Object secret() { return new example.base.hidden.Secret(); }
                        }
                        """)
                .type("hidden.Secret", "public final class Secret { private final int code = 42; }")
                .transcriber("base", "@Inject Says(Logger log) {}", "Words.word()");
        base.pack(plugins.folder());
        plugins.plugin("above")
                .against(base.jar())
                .describe("plugin.dependencies", "base")
                .module("requires example.base;")
                .transcriber("above", "example.base.Words.word() + \", seen above\"")
                .pack(plugins.folder());
        plugins.plugin("burglar")
                .against(base.jar())
                .describe("plugin.dependencies", "base")
                .module("requires example.base;")
                .transcriber(
                        "burglar",
                        """
                        {
                            try {
                                Object secret = example.base.Words.secret();
                                var code = secret.getClass().getDeclaredField("code");
                                code.setAccessible(true);
                                return "opened " + code.get(secret);
                            } catch (ReflectiveOperationException | RuntimeException e) {
                                return e.getClass().getSimpleName();
                            }
                        }
                        """)
                .pack(plugins.folder());
        plugins.plugin("nosy")
                .module("")
                .transcriber("nosy", tryToLoad("org.kemo.runtime.plugin.PluginHost"))
                .pack(plugins.folder());
        plugins.plugin("stranger")
                .transcriber("stranger", tryToLoad("org.kemo.runtime.plugin.PluginHost"))
                .pack(plugins.folder());
        plugins.plugin("guest")
                .against(base.jar())
                .describe("plugin.dependencies", "base")
                .transcriber("guest", "example.base.Words.word() + \", seen without a module-info\"")
                .pack(plugins.folder());

        Map<String, String> seen =
                probe(plugins, "old", "young", "base", "above", "burglar", "nosy", "stranger", "guest");

        assertThat(seen)
                .containsEntry("say.old", "version 1")
                .containsEntry("say.young", "version 2")
                .containsEntry("say.above", "from base, seen above")
                .containsEntry("say.guest", "from base, seen without a module-info")
                .containsEntry("say.burglar", "InaccessibleObjectException")
                .containsEntry("say.nosy", "ClassNotFoundException")
                .containsEntry("say.stranger", "ClassNotFoundException")
                .containsEntry("module.old", "example.old")
                .containsEntry("module.above", "example.above")
                .containsEntry("module.guest", "null");
        for (String name : List.of("old", "young", "base", "above", "burglar", "nosy")) {
            assertThat(seen).containsEntry("own layer." + name, "true").containsEntry("collected." + name, "true");
        }
        assertThat(seen).containsEntry("collected.guest", "true");
    }

    @Test
    void refusesModulesThatDoNotFitAndSaysWhy() throws IOException, InterruptedException {
        PluginFolder plugins = new PluginFolder(root);
        plugins.plugin("reacher")
                .module("requires org.kemo.runtime;")
                .transcriber("reacher", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("unstarted")
                .module("requires jdk.incubator.vector;")
                .transcriber("unstarted", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("forgetful")
                .against(library(plugins, "1"))
                .module("requires example.library;")
                .transcriber("forgetful", "example.library.Version.text()")
                .pack(plugins.folder());
        PluginFixture loose = plugins.plugin("loose").transcriber("loose", "\"\"");
        loose.pack(plugins.folder());
        plugins.plugin("strict")
                .describe("plugin.dependencies", "loose")
                .module("")
                .transcriber("strict", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("clash")
                .library(jarOfHost("commons-text"))
                .library(jarOfHost("commons-lang3"))
                .library(automatic(plugins))
                .module("requires loose.library;")
                .transcriber("clash", "\"\"")
                .pack(plugins.folder());

        Map<String, String> problems = probe(plugins, "check");

        assertThat(problems).containsOnlyKeys("reacher", "unstarted", "forgetful", "strict", "clash");
        assertThat(problems.get("reacher"))
                .startsWith(
                        "Module [example.reacher] of plugin [reacher] requires [org.kemo.runtime], which belongs to the host");
        assertThat(problems.get("unstarted")).contains("Start Java with --add-modules jdk.incubator.vector");
        assertThat(problems.get("forgetful")).contains("requires [example.library], which is not there");
        assertThat(problems.get("strict")).contains("depends on plugin [loose], which is none");
        assertThat(problems.get("clash"))
                .contains("modules of plugin [clash] do not fit together", "org.apache.commons.");
    }

    private static Map<String, String> probe(PluginFolder plugins, String... what)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                plugins.folder().toString(),
                plugins.scratch().resolve("staging").toString()));
        arguments.addAll(List.of(what));
        return new ModulePath().probe(arguments);
    }

    private static Path library(PluginFolder plugins, String version) {
        return plugins.plugin("library")
                .module("exports example.library;")
                .type(
                        "Version",
                        "public final class Version { public static String text() { return \"version " + version
                                + "\"; } }")
                .jar();
    }

    /** A library without a module-info. */
    private static Path automatic(PluginFolder plugins) {
        return plugins.plugin("loose-library")
                .type("Thing", "public final class Thing {}")
                .jar();
    }

    private static Path jarOfHost(String name) {
        return PluginFixture.classPath().stream()
                .filter(path -> path.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static String tryToLoad(String className) {
        return "{ try { return Class.forName(\"" + className
                + "\").getName(); } catch (ClassNotFoundException e) { return e.getClass().getSimpleName(); } }";
    }
}
