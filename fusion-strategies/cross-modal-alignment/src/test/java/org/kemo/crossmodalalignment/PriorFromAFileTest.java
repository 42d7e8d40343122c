package org.kemo.crossmodalalignment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class PriorFromAFileTest extends FusionStrategyContract {
    @TempDir
    private Path folder;

    @Override
    protected FusionStrategy strategy() {
        Path file = folder.resolve("prior.txt");
        try {
            Files.writeString(file, "0.5 1 2\n0 3 0.1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CrossModalAlignment(new CrossModalAlignmentOptions(
                "audio", 4, CrossModalAlignmentOptions.Prior.FILE, Optional.of(file), 2, 3, 0));
    }
}
