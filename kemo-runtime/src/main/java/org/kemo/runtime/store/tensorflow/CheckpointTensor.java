package org.kemo.runtime.store.tensorflow;

import java.util.List;

/**
 * Where a tensor of float32 values lies in the data of a checkpoint.
 *
 * @param name in the checkpoint
 * @param shape sizes of its axes, row-major
 * @param offset of its first byte
 * @param bytes four for each value
 * @param maskedSum CRC-32C of the bytes, see {@link MaskedSum}
 */
record CheckpointTensor(String name, List<Integer> shape, long offset, long bytes, int maskedSum) {}
