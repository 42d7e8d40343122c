package org.kemo.runtime.audio;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.kemo.api.KemoException;

/** One channel of a FLAC frame: a constant, plain samples, or a linear prediction and what it missed (RFC 9639, section 9.2). */
final class FlacSubframe {
    /** The predictions of order 0 to 4: the next value of a polynomial through the last ones. */
    private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private final BitReader bits;
    private final long[] samples;
    private final Function<String, KemoException> damaged;

    private FlacSubframe(BitReader bits, int size, Function<String, KemoException> damaged) {
        this.bits = bits;
        this.samples = new long[size];
        this.damaged = damaged;
    }

    /**
     * Decodes the samples of one channel.
     *
     * @param size how many
     * @param depth bits of a sample
     * @param damaged makes the error for what is wrong
     */
    static long[] decode(BitReader bits, int size, int depth, Function<String, KemoException> damaged)
            throws IOException {
        FlacSubframe subframe = new FlacSubframe(bits, size, damaged);
        subframe.decode(depth);
        return subframe.samples;
    }

    private void decode(int depth) throws IOException {
        int head = (int) bits.unsigned(8);
        int type = head >>> 1;
        int wasted = (head & 1) == 0 ? 0 : bits.unary() + 1;
        int width = depth - wasted;
        if (head > 0x7F || width < 1) {
            throw damaged.apply("a channel begins with reserved bits");
        }
        if (type == 0) {
            Arrays.fill(samples, bits.signed(width));
        } else if (type == 1) {
            verbatim(samples.length, width);
        } else if (type >= 8 && type <= 12) {
            verbatim(order(type - 8), width);
            int[] coefficients = FIXED[type - 8];
            residual(coefficients.length);
            predict(coefficients, 0);
        } else if (type >= 32) {
            linear(order(type - 31), width);
        } else {
            throw damaged.apply("a channel is of the reserved type [" + type + "]");
        }
        for (int n = 0; wasted > 0 && n < samples.length; n++) {
            samples[n] <<= wasted;
        }
    }

    private int order(int order) {
        if (order > samples.length) {
            throw damaged.apply("a prediction looks back further than its frame");
        }
        return order;
    }

    private void verbatim(int count, int width) throws IOException {
        for (int n = 0; n < count; n++) {
            samples[n] = bits.signed(width);
        }
    }

    private void linear(int order, int width) throws IOException {
        verbatim(order, width);
        int precision = (int) bits.unsigned(4) + 1;
        int shift = (int) bits.signed(5);
        if (precision == 16 || shift < 0) {
            throw damaged.apply("a prediction has reserved coefficients");
        }
        int[] coefficients = new int[order];
        for (int i = 0; i < order; i++) {
            coefficients[i] = (int) bits.signed(precision);
        }
        residual(order);
        predict(coefficients, shift);
    }

    /** Adds the prediction from the samples before to each residual. */
    private void predict(int[] coefficients, int shift) {
        for (int n = coefficients.length; n < samples.length; n++) {
            long sum = 0;
            for (int i = 0; i < coefficients.length; i++) {
                sum += coefficients[i] * samples[n - 1 - i];
            }
            samples[n] += sum >> shift;
        }
    }

    /** What the prediction missed, in Rice codes with a parameter for each partition (RFC 9639, section 9.2.7). */
    private void residual(int order) throws IOException {
        int method = (int) bits.unsigned(2);
        if (method > 1) {
            throw damaged.apply("a residual is coded by the reserved method [" + method + "]");
        }
        int parameterBits = method == 0 ? 4 : 5;
        int partitions = 1 << bits.unsigned(4);
        int size = samples.length / partitions;
        if (size * partitions != samples.length || size < order) {
            throw damaged.apply("a residual has [" + partitions + "] partitions of [" + samples.length + "] samples");
        }
        for (int partition = 0; partition < partitions; partition++) {
            int from = partition == 0 ? order : partition * size;
            int parameter = (int) bits.unsigned(parameterBits);
            if (parameter == (1 << parameterBits) - 1) {
                plain(from, (partition + 1) * size);
            } else {
                rice(from, (partition + 1) * size, parameter);
            }
        }
    }

    private void plain(int from, int to) throws IOException {
        int width = (int) bits.unsigned(5);
        for (int n = from; n < to; n++) {
            samples[n] = bits.signed(width);
        }
    }

    private void rice(int from, int to, int parameter) throws IOException {
        for (int n = from; n < to; n++) {
            long folded = ((long) bits.unary() << parameter) | bits.unsigned(parameter);
            samples[n] = (folded >>> 1) ^ -(folded & 1);
        }
    }
}
