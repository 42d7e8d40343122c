package org.kemo.api.service;

import java.nio.file.Path;

/** Finds the files of pretrained models. Safe for use by several threads at once. */
public interface ModelStore {
    /**
     * The folder or file that a reference names, complete and checked. What is not on this machine is fetched, which may take as long
     * as gigabytes take.
     *
     * @param reference {@code hf:OWNER/NAME@REVISION} (a folder in a model hub's layout, with weights in one format, which {@link
     *     org.kemo.api.encoder.EncoderFactory#modelTypes} decides), {@code mvn:GROUP:ARTIFACT:VERSION}, {@code https://HOST/FILE} or
     *     {@code file:PATH}, or the short name of a known model, for example {@code mbert}
     * @throws org.kemo.api.KemoException category PLUGIN, where it cannot be had
     */
    Path resolve(String reference);
}
