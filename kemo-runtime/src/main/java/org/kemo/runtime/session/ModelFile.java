package org.kemo.runtime.session;

import java.nio.file.Path;

/**
 * An ONNX file that was looked at before it is loaded.
 *
 * @param path the file, without links, or the link to it beside which its data files lie
 * @param sha256 of the file; of its sum and those of its data files, where it has any
 * @param bytes its size together with its data files
 * @param exactSums whether ONNX Runtime can be asked for exact sums of 8-bit products
 */
record ModelFile(Path path, String sha256, long bytes, boolean exactSums) {}
