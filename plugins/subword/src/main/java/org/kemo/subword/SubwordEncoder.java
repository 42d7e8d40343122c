package org.kemo.subword;

import java.util.Arrays;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** Word vectors from subword units, a bidirectional LSTM over the words, the largest value of each unit over the words. */
final class SubwordEncoder implements TextNetworkEncoder {
    private final SubwordOptions options;
    private final SubwordTokenizer tokenizer;

    SubwordEncoder(SubwordOptions options) {
        this.options = options;
        this.tokenizer = new SubwordTokenizer(options);
    }

    @Override
    public int width() {
        return options.idsOfAWord();
    }

    @Override
    public LongTensor tokenize(String text) {
        return tokenizer.tokenize(text);
    }

    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = input.mask();
        T heard = keep(ops, ops.expand(mask, -1), options.wordDropout());
        T words = ops.dropout(ops.multiply(words(ops, input.values()), heard), options.dropout());
        T states = ops.bidirectionalLstm("lstm", words, mask, options.hidden());
        return new Encoded<>(new Sequence<>(states, mask), ops.maskedMax(states, mask));
    }

    /** The sum of a word's unit vectors over the root of their number: [N, L, K] to [N, L, width]. Id 0 is no unit. */
    private <T> T words(Ops<T> ops, T ids) {
        int rows = options.buckets() + 1;
        T table = ops.parameter("embedding", Shape.of(rows, options.width()), Initializer.normal(0.1));
        float[] real = new float[rows];
        Arrays.fill(real, 1, rows, 1);
        T counted = keep(ops, ops.gather(ops.constant(FloatTensor.of(real, rows, 1)), ids), options.subwordDropout());
        T total = ops.sum(ops.multiply(ops.gather(table, ids), counted), -2);
        return ops.divide(total, ops.sqrt(ops.maximum(ops.sum(counted, -2), ops.constant(1))));
    }

    /** Dropout that leaves the ones it keeps at 1: min(dropout(ones), 1). */
    private static <T> T keep(Ops<T> ops, T ones, double rate) {
        T negative = ops.subtract(ops.constant(0), ops.dropout(ones, rate));
        return ops.subtract(ops.constant(0), ops.maximum(negative, ops.constant(-1)));
    }
}
