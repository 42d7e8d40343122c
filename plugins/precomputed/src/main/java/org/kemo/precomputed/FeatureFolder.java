package org.kemo.precomputed;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.manifest.features.FeatureFile;

/** The files of one modality. */
final class FeatureFolder {
    private final Path folder;

    /** @throws KemoException category INPUT, where there is no such folder */
    FeatureFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw KemoException.input("The folder [" + folder + "] does not exist.", "Correct the option folders.");
        }
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The file of an utterance; empty where there is none. An id leads to no file outside the folder. */
    Optional<Path> file(String id) {
        return FeatureFile.ENDINGS.stream()
                .flatMap(ending -> inside(id + "." + ending).stream())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Path> inside(String name) {
        try {
            return Optional.of(folder.resolve(name).normalize()).filter(file -> file.startsWith(folder));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
