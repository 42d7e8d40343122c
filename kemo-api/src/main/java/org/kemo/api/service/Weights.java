package org.kemo.api.service;

import java.util.Set;
import org.kemo.api.network.FloatTensor;

/** The named tensors of a model that was trained elsewhere, read one by one. Safe for use by several threads at once. */
public interface Weights extends AutoCloseable {
    /** The names of all tensors. */
    Set<String> names();

    /**
     * The sizes of a tensor's axes.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where there is none of that name
     */
    int[] shape(String name);

    /**
     * A tensor's values, as 32-bit numbers whatever they are in the file.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where there is none of that name, or it cannot be read
     */
    FloatTensor read(String name);

    @Override
    void close();
}
