package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models through the Maven of this machine, with an artifact that the build has fetched already. */
class ModelsTest {
    @TempDir
    Path folder;

    private LocalRepository repository;

    /** Without the network, and without a trace in the real repository. */
    @BeforeEach
    void giveMavenWhatThisBuildHas() throws IOException {
        repository = LocalRepository.in(Files.createDirectory(folder.resolve("repository")));
        Files.write(
                Files.createDirectory(folder.resolve(".mvn")).resolve("maven.config"),
                List.of("--offline", "-Dmaven.repo.local=" + repository.folder()));
    }

    @AfterEach
    void takeItAway() throws IOException {
        repository.close();
    }

    @Test
    void fetchesAnArtifactThroughMaven() throws Exception {
        Run run = kemo().run("models", "pull", "mvn:jakarta.inject:jakarta.inject-api:2.0.1", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Path.of(run.json().path("models").path(0).path("path").asString()))
                .hasFileName("jakarta.inject-api-2.0.1.jar")
                .startsWith(folder.resolve("cache/kemo/models/mvn"))
                .isNotEmptyFile();
    }

    @Test
    void saysThatMavenHasNoSuchArtifact() throws Exception {
        Run run = kemo().run("models", "pull", "mvn:org.kemo:no-such-model:1", "--json");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.json().path("failures").path(0).path("problem").asString())
                .startsWith("Maven cannot fetch [mvn:org.kemo:no-such-model:1]: [")
                .contains("org.kemo:no-such-model:jar:1");
    }

    /** Its own cache, in which Maven finds the configuration above. */
    private Kemo kemo() throws IOException {
        return Kemo.in(folder).with("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }
}
