package org.kemo.api.audio;

import org.kemo.api.KemoException;

/**
 * The frames into which extractors cut a clip: frame t is the samples from {@code t * stride} on, {@code length} of them.
 * Extractors that use the same grid can be joined frame by frame. A frame that would not be full is left out, as HTK and
 * Kaldi do; a clip shorter than one frame has one frame, filled up with zeros.
 *
 * @param length samples in a frame, at least 1
 * @param stride samples from the beginning of a frame to that of the next, at least 1
 */
public record FrameGrid(int length, int stride) {
    /** Checks the sizes. */
    public FrameGrid {
        if (length < 1 || stride < 1) {
            throw KemoException.configuration(
                    "Frames of [" + length + "] samples every [" + stride + "] samples cannot be cut.",
                    "Give a longer window and stride, or a higher sample rate.");
        }
    }

    /** The grid of that window and stride in milliseconds, to the nearest sample. */
    public static FrameGrid ofMillis(double window, double stride, int sampleRate) {
        return new FrameGrid(
                Math.toIntExact(Math.round(window * sampleRate / 1000)),
                Math.toIntExact(Math.round(stride * sampleRate / 1000)));
    }

    /** How many frames a clip of so many samples has, at least 1. */
    public int frames(int samples) {
        return samples < length ? 1 : 1 + (samples - length) / stride;
    }
}
