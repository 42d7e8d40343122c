package org.kemo.runtime.session;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.kemo.api.KemoException;
import org.kemo.api.service.ModelStore;

/** Models that lie on this machine, named {@code file:PATH}. */
public final class FileModelStore implements ModelStore {
    private static final String SCHEME = "file:";

    private final Path base;

    /**
     * A store.
     *
     * @param base the folder that relative paths begin at
     */
    public FileModelStore(Path base) {
        this.base = base;
    }

    /** {@inheritDoc} */
    @Override
    public Path resolve(String reference) {
        if (!reference.startsWith(SCHEME) || reference.length() == SCHEME.length()) {
            throw KemoException.plugin(
                    "The model reference [" + reference + "] is not understood.",
                    "Write [file:PATH], with the path of the model's file or folder.");
        }
        try {
            Path path = base.resolve(reference.substring(SCHEME.length()));
            return path.toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw KemoException.plugin(
                            "The model [" + reference + "] is not there.",
                            "Check the path; where it is relative, it begins at [" + base + "].")
                    .causedBy(e);
        }
    }
}
