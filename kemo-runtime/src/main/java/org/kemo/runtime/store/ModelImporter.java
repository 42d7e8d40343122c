package org.kemo.runtime.store;

import java.nio.file.Path;

/**
 * Turns a file of some format into a folder that the plugins read: the layout of a model hub, with {@code config.json}, {@code
 * model.safetensors} and {@code tokenizer.json}. A file that was fetched is not to be believed. Safe for use by several threads at once.
 */
public interface ModelImporter {
    /** Whether a file looks like one of this format, from its first bytes or its directory. */
    boolean reads(Path file);

    /**
     * Makes the folder's files.
     *
     * @param file one that it reads
     * @param folder empty; what is left in it after an error is removed by the caller
     * @param progress of the work
     * @throws org.kemo.api.KemoException category PLUGIN, where the file is damaged or there is no room
     */
    void convert(Path file, Path folder, FetchProgress progress);
}
