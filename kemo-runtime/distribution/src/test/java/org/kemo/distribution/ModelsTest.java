package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models through the Maven of this machine, with an artifact that the build has fetched already. */
class ModelsTest {
    @TempDir
    Path folder;

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

    /** With the local repository of this build, where it has one of its own. */
    private Kemo kemo() throws Exception {
        Kemo kemo =
                Kemo.in(folder).with("XDG_CACHE_HOME", folder.resolve("cache").toString());
        String repository = System.getProperty("localRepository", "");
        return repository.isEmpty() ? kemo : kemo.with("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
    }
}
