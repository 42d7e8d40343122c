package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;
import org.kemo.runtime.checksum.Sha256;

/**
 * What a file must be.
 *
 * @param bytes its size
 * @param sha256 its sum, 64 hexadecimal digits in lower case
 */
public record FileSum(
        @Option(value = "Its size", min = 0, unit = "bytes") long bytes, @Option("Its SHA-256") String sha256) {
    /** Checks the sum's form. */
    public FileSum {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw KemoException.configuration(
                    "The sum [" + sha256 + "] is no SHA-256.", "Write 64 hexadecimal digits in lower case.");
        }
    }

    /** That of a file as it is. */
    static FileSum of(Path file) throws IOException {
        return new FileSum(Files.size(file), Sha256.of(file));
    }
}
