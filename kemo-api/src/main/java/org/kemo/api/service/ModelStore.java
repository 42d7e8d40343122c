package org.kemo.api.service;

import java.nio.file.Path;

/** Finds the files of pretrained models. Safe for use by several threads at once. */
public interface ModelStore {
    /**
     * The folder or file that a reference names, complete and checked.
     *
     * @param reference {@code file:PATH}
     * @throws org.kemo.api.KemoException category PLUGIN, where it cannot be had
     */
    Path resolve(String reference);
}
