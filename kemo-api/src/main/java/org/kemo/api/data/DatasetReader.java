package org.kemo.api.data;

/** Reads a data set from the place that its options name. */
@FunctionalInterface
public interface DatasetReader {
    /**
     * Reads it. Audio is named, not read.
     *
     * @throws org.kemo.api.KemoException category INPUT, where the place does not exist or holds no such data
     */
    Dataset read();
}
