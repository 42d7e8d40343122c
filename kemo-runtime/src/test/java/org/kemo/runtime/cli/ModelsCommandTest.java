package org.kemo.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.runtime.KemoHome;
import org.kemo.runtime.store.HubServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against a model hub on this machine. */
class ModelsCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HubServer hub;

    @BeforeEach
    void makeAnInstallationWithAKnownModel() throws IOException {
        hub = new HubServer();
        Files.createDirectories(folder.resolve("home/plugins"));
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/models.yaml"),
                """
                models:
                  tiny: {reference: "hf:owner/name@main", source: Somebody's., terms: MIT License.}
                """);
    }

    @AfterEach
    void stopTheHub() {
        hub.close();
    }

    @Test
    void listsAKnownModelThatIsNotThere() {
        assertThat(run("models", "list", "--json")).isZero();

        JsonNode model = json().path("models").path(0);
        assertThat(model.path("name").asString()).isEqualTo("tiny");
        assertThat(model.path("reference").asString()).isEqualTo("hf:owner/name@main");
        assertThat(model.path("state").asString()).isEqualTo("absent");
        assertThat(model.path("path").isNull()).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void fetchesAModelByItsShortNameAndSaysHowFarItIs() {
        assertThat(run("models", "pull", "tiny", "--json")).isZero();

        JsonNode model = json().path("models").path(0);
        assertThat(model.path("state").asString()).isEqualTo("present");
        assertThat(Path.of(model.path("path").asString()))
                .isEqualTo(folder.resolve("cache/models/hf/owner/name/main"))
                .isDirectoryContaining("glob:**/model.safetensors");
        assertThat(model.path("revision").asString()).hasSize(40);
        assertThat(model.path("files"))
                .map(file -> file.path("path").asString())
                .containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(err.toString().lines())
                .startsWith("Fetching hf:owner/name@main, 3.0 MiB")
                .endsWith("Fetching hf:owner/name@main: 100 %");
    }

    @Test
    void fetchesTheOthersWhereOneIsNotThere() {
        assertThat(run("models", "pull", "hf:owner/other@main", "tiny", "--json"))
                .isEqualTo(4);

        assertThat(json().path("models")).hasSize(1);
        JsonNode failure = json().path("failures").path(0);
        assertThat(failure.path("id").asString()).isEqualTo("hf:owner/other@main");
        assertThat(failure.path("problem").asString()).startsWith("There is no [hf:owner/other@main]");
    }

    @Test
    void namesTheFileThatWasAltered() throws IOException {
        run("models", "pull", "tiny");
        assertThat(run("models", "verify")).isZero();
        Path file = folder.resolve("cache/models/hf/owner/name/main/tokenizer.json");
        Files.writeString(file, "{\"version\": \"2.0\"}");
        out.getBuffer().setLength(0);

        assertThat(run("models", "verify", "--json")).isEqualTo(4);
        assertThat(json().path("models").path(0).path("state").asString()).isEqualTo("damaged");
        assertThat(json().path("models")
                        .path(0)
                        .path("problems")
                        .path(0)
                        .path("problem")
                        .asString())
                .contains("[" + file + "] has the SHA-256");
    }

    @Test
    void doesNotVerifyAModelThatWasNotFetched() {
        assertThat(run("models", "verify", "tiny", "--json")).isEqualTo(4);
        JsonNode failure = json().path("failures").path(0);
        assertThat(failure.path("id").asString()).isEqualTo("tiny");
        assertThat(failure.path("problem").asString()).isEqualTo("The model [tiny] is not on this machine.");

        assertThat(run("models", "verify")).isZero();
    }

    @Test
    void keepsModelsWhereTheConfigurationSays() throws IOException {
        Files.writeString(folder.resolve("conf.yaml"), "host: {models: {folder: elsewhere}}\n");

        assertThat(run("models", "pull", "tiny", "--config", "conf.yaml")).isZero();
        assertThat(folder.resolve("elsewhere/hf/owner/name/main/config.json")).exists();
    }

    private int run(String... arguments) {
        PrintWriter printed = new PrintWriter(out);
        PrintWriter errors = new PrintWriter(err, true);
        KemoHome home = new KemoHome(folder.resolve("home"), folder, folder.resolve("cache"), folder.resolve("user"));
        Map<String, String> variables = Map.of("HF_ENDPOINT", hub.address().toString());
        int exitCode = Kemo.run(
                List.of(arguments), printed, errors, new CommandContext(() -> home, variables, folder, errors));
        printed.flush();
        return exitCode;
    }

    private JsonNode json() {
        return new JsonMapper().readTree(out.toString());
    }
}
