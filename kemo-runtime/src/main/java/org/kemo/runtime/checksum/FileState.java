package org.kemo.runtime.checksum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * By what a file that was changed is known without reading it. Links are followed.
 *
 * @param bytes its size
 * @param modified when it was last written
 * @param key which file of its system it is, where the system tells files apart
 */
public record FileState(long bytes, FileTime modified, Optional<Object> key) {
    /** As it is now. */
    public static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(
                attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
    }
}
