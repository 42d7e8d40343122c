package org.kemo.api.service;

import java.nio.file.Path;
import org.kemo.api.network.Network;
import org.kemo.api.network.ParameterReader;

/**
 * What the host does with the files of pretrained models: it reads their weights, sums them, and writes down networks over
 * {@link org.kemo.api.network.Ops} as models for the {@link SessionPool}. Safe for use by several threads and processes at
 * once.
 */
public interface ModelFiles {
    /**
     * Opens weights in the safetensors format. Values of type F32, F16 and BF16 can be read; a file may be of any size, and what
     * its header says is checked before it is believed.
     *
     * @param file {@code model.safetensors}, or {@code model.safetensors.index.json}, which names the files of the parts
     * @return to be closed
     * @throws org.kemo.api.KemoException category PLUGIN, where it cannot be used
     */
    Weights weights(Path file);

    /**
     * A SHA-256 sum in hexadecimal, computed once for each state of the file. That of {@code model.safetensors.index.json} is of the
     * parts, too, and that of an ONNX model of the data files that it names.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where it or one of these cannot be read
     */
    String sha256(Path file);

    /**
     * The ONNX model of a network, written at the first call and kept.
     *
     * @param key everything that the model depends on: what the network is and the sums of its weights
     * @param network its named dimensions stay open
     * @param precision of its numbers; not a part of the key
     * @param parameters asked only where the model is not there yet
     * @return a file for {@link SessionRequest}, with its weights beside it
     * @throws org.kemo.api.KemoException category CONFIGURATION, where it cannot be written
     */
    Path model(String key, Network network, ModelPrecision precision, ParameterReader parameters);

    /**
     * A folder in Kemo's cache for what a plugin's library unpacks, such as native code.
     *
     * @param name of the library
     */
    Path scratch(String name);
}
