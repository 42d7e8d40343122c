package org.kemo.api.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFourierTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 512, 1024})
    void agreesWithTheSumThatDefinesIt(int size) {
        double[] input = new Random(size).doubles(size, -1, 1).toArray();
        double[] output = input.clone();

        new RealFourierTransform(size).forward(output);

        for (int k = 0; k <= size / 2; k++) {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < size; n++) {
                double angle = 2 * Math.PI * ((long) k * n % size) / size;
                real += input[n] * Math.cos(angle);
                imaginary -= input[n] * Math.sin(angle);
            }
            boolean edge = k == 0 || k == size / 2;
            assertThat(edge ? output[k == 0 ? 0 : 1] : output[2 * k]).isEqualTo(real, offset(1e-11));
            assertThat(edge ? 0 : output[2 * k + 1]).isEqualTo(imaginary, offset(1e-11));
        }
    }

    @Test
    void givesThePowerOfASineAtItsBinAlone() {
        RealFourierTransform transform = new RealFourierTransform(64);
        double[] values = new double[64];
        for (int n = 0; n < values.length; n++) {
            values[n] = Math.sin(2 * Math.PI * 5 * n / 64);
        }
        double[] power = new double[33];

        transform.forward(values);
        transform.power(values, power);

        for (int k = 0; k < power.length; k++) {
            assertThat(power[k]).isEqualTo(k == 5 ? 32 * 32 : 0, offset(1e-10));
        }
    }

    @Test
    void namesTheSmallestSizeThatHoldsAFrame() {
        assertThat(RealFourierTransform.sizeFor(1)).isEqualTo(4);
        assertThat(RealFourierTransform.sizeFor(400)).isEqualTo(512);
        assertThat(RealFourierTransform.sizeFor(512)).isEqualTo(512);
        assertThat(RealFourierTransform.sizeFor(513)).isEqualTo(1024);
    }

    @Test
    void refusesASizeThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new RealFourierTransform(400)).hasMessageContaining("[400]");
    }
}
