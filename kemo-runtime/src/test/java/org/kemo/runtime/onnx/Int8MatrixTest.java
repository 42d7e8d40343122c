package org.kemo.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;

class Int8MatrixTest {
    private static final FloatTensor MATRIX = FloatTensor.of(new float[] {127, 0, -1, -63.4f, 0, 4, 2.5f, 0, 2}, 3, 3);

    @Test
    void scalesEachColumnByItsLargest() {
        Int8Matrix rounded = Int8Matrix.byColumn(MATRIX);

        assertThat(rounded.scales()).containsExactly(1, 1, 4f / 127);
        assertThat(rounded.values()).containsExactly(127, 0, -32, -63, 0, 127, 2, 0, 64);
    }

    @Test
    void scalesEachRowByItsLargest() {
        Int8Matrix rounded = Int8Matrix.byRow(MATRIX);

        assertThat(rounded.scales()).containsExactly(1, 63.4f / 127, 2.5f / 127);
        assertThat(rounded.values()).containsExactly(127, 0, -1, -127, 0, 8, 127, 0, 102);
    }

    @Test
    void passesOnWhatIsNoNumber() {
        Int8Matrix rounded = Int8Matrix.byRow(FloatTensor.of(new float[] {1, Float.NaN}, 1, 2));

        assertThat(rounded.scales()).containsExactly(Float.NaN);
    }
}
