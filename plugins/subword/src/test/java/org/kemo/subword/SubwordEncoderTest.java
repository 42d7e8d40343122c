package org.kemo.subword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.testkit.EncoderExample;
import org.kemo.api.testkit.TextEncoderContract;

final class SubwordEncoderTest extends TextEncoderContract {
    @Override
    protected TextNetworkEncoder encoder() {
        return new SubwordEncoder(new SubwordOptions(30, 4, 3, 7, 2, 4, 8, 3, 0.1, 0.1, 0.3));
    }

    /** K vectors of ones make K / sqrt(K), as one vector of that. */
    @Test
    void dividesTheSumOfAWordsVectorsByTheRootOfTheirNumber() {
        float[] four = pooled(1, 5, 7, 7, 30, 0, 0, 0, 0, 0);

        assertThat(four).isNotEqualTo(pooled(1, 5, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(four).containsExactly(pooled(2, 5, 0, 0, 0, 0, 0, 0, 0, 0), within(1e-6f));
        assertThat(pooled(1, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(pooled(3, 0, 0, 1, 0, 0, 0, 0, 0, 0), within(1e-6f));
    }

    /** What a text of one word is encoded to. */
    private float[] pooled(float table, long... units) {
        EncoderExample example = new EncoderExample(encoder()).with(LongTensor.of(units, 1, units.length));
        Map<String, FloatTensor> parameters = example.parameters();
        Arrays.fill(parameters.get("embedding").values(), table);
        return example.answer(parameters).get("pooled").values();
    }
}
