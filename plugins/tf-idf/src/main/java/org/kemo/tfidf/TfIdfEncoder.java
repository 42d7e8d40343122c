package org.kemo.tfidf;

import java.util.List;
import java.util.Map;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

/**
 * The counts of a text's terms by their inverse document frequencies, scaled to length 1, times a trained matrix [buckets, width]. Terms
 * that no training text has do not count.
 */
final class TfIdfEncoder implements TextNetworkEncoder {
    private static final String FREQUENCIES = "inverseDocumentFrequencies";

    private final TfIdfOptions options;
    private final Terms terms;

    TfIdfEncoder(TfIdfOptions options) {
        this.options = options;
        this.terms = new Terms(options);
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public LongTensor tokenize(String text) {
        return terms.count(text);
    }

    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T buckets = ops.slice(input.values(), -1, 0, 1);
        T counts = ops.slice(input.values(), -1, 1, 2);
        T inverse = ops.parameter(FREQUENCIES, Shape.of(size(), 1), Initializer.constant(1));
        // From zero: what training says nothing of then says nothing, as in a linear model with a penalty.
        T matrix = ops.parameter("weight", Shape.of(size(), options.width()), Initializer.constant(0));
        T weights = ops.multiply(
                ops.multiply(rows(ops, numbers(ops), counts), rows(ops, inverse, buckets)),
                ops.expand(input.mask(), -1));
        T squares = ops.expand(ops.sum(ops.multiply(weights, weights), -2), -2);
        T scaled = ops.divide(weights, ops.sqrt(ops.maximum(squares, ops.constant(1e-12))));
        T vectors = ops.multiply(rows(ops, matrix, buckets), scaled);
        return new Encoded<>(new Sequence<>(vectors, input.mask()), ops.sum(vectors, -2));
    }

    /** ln((1 + n) / (1 + texts with the term)) + 1; 0 where no text has it. */
    @Override
    public Map<String, FloatTensor> fit(List<Tensor> training) {
        int[] textsWith = new int[size()];
        for (Tensor text : training) {
            long[] values = ((LongTensor) text).values();
            for (int i = 0; i < values.length; i += 2) {
                textsWith[Math.toIntExact(values[i])]++;
            }
        }
        FloatTensor inverse = FloatTensor.zeros(size(), 1);
        for (int row = 1; row < size(); row++) {
            if (textsWith[row] > 0) {
                inverse.values()[row] = (float) (Math.log((1.0 + training.size()) / (1 + textsWith[row])) + 1);
            }
        }
        return Map.of(FREQUENCIES, inverse);
    }

    private int size() {
        return options.buckets() + 1;
    }

    /** Rows of a table [V, d] by ids [N, L, 1]: [N, L, d]. */
    private static <T> T rows(Ops<T> ops, T table, T ids) {
        return ops.sum(ops.gather(table, ids), -2);
    }

    /** A table from a count to itself as a number for arithmetic. */
    private static <T> T numbers(Ops<T> ops) {
        FloatTensor numbers = FloatTensor.zeros(Terms.LARGEST_COUNT + 1, 1);
        for (int count = 0; count < numbers.count(); count++) {
            numbers.values()[count] = count;
        }
        return ops.constant(numbers);
    }
}
