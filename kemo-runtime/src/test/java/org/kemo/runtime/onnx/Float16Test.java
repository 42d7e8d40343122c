package org.kemo.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {
    /** The value of a finite number by its definition: (-1)^sign 2^(exponent - 15) (1 + fraction / 1024). */
    private static double value(int bits) {
        int exponent = (bits >> 10) & 0x1f;
        double fraction = (bits & 0x3ff) / 1024.0;
        double size = exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * Math.pow(2, exponent - 15);
        return (bits & 0x8000) == 0 ? size : -size;
    }

    @Test
    void keepsEveryNumberThatTheTypeHas() {
        for (int bits = 0; bits < 0x10000; bits++) {
            if (((bits >> 10) & 0x1f) != 0x1f) {
                assertThat(Float16.bits((float) value(bits))).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void takesTheNearerOfTwoAndTheEvenOneInTheMiddle() {
        for (int bits = 1; bits < 0x7bff; bits++) {
            float middle = (float) ((value(bits) + value(bits + 1)) / 2);
            assertThat(Float16.bits(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
            assertThat(Float16.bits(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Float16.bits(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1e9, -65504",
        "65520, 65504",
        "Infinity, 65504",
        "-Infinity, -65504",
        "1e-24, 5.9604645e-8",
        "-1e-24, -5.9604645e-8"
    })
    void staysFiniteAndAwayFromZero(float value, float rounded) {
        assertThat(value(Float16.bits(value))).isEqualTo(rounded);
    }

    @Test
    void passesOnWhatIsNoNumber() {
        assertThat(Float16.bits(Float.NaN)).isEqualTo((short) 0x7e00);
    }
}
