package org.kemo.runtime.store.tensorflow;

import java.util.zip.CRC32C;

/**
 * CRC-32C as LevelDB and TensorFlow keep it: rotated and shifted, since the sum of bytes that hold their own sum has no meaning.
 */
final class MaskedSum {
    private static final int SHIFT = 0xa282ead8;
    private static final int ROTATION = 15;

    private MaskedSum() {}

    static int of(CRC32C sum) {
        return Integer.rotateRight((int) sum.getValue(), ROTATION) + SHIFT;
    }
}
