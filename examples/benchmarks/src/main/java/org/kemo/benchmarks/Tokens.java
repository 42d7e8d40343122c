package org.kemo.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;

/**
 * Texts side by side, without padding, for a transformer that reads ids, a mask and positions.
 *
 * @param texts N
 * @param length L, tokens of each
 */
record Tokens(int texts, int length) {
    private static final int FIRST_WORD = 100;

    /** A value [N, L] for each input that a model asks for. */
    Map<String, Tensor> of(List<Network.Input> inputs) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Network.Input input : inputs) {
            values.put(
                    input.name(),
                    switch (input.name()) {
                        case "input_ids" -> ids(FIRST_WORD);
                        case "position_ids" -> ids(0);
                        default -> ones(input.type());
                    });
        }
        return values;
    }

    private Tensor ids(int first) {
        long[] ids = new long[texts * length];
        Arrays.setAll(ids, i -> first + i % length);
        return LongTensor.of(ids, texts, length);
    }

    private Tensor ones(ElementType type) {
        if (type == ElementType.LONG) {
            long[] ones = new long[texts * length];
            Arrays.fill(ones, 1);
            return LongTensor.of(ones, texts, length);
        }
        float[] ones = new float[texts * length];
        Arrays.fill(ones, 1);
        return FloatTensor.of(ones, texts, length);
    }
}
