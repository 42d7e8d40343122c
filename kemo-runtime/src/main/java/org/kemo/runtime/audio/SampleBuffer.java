package org.kemo.runtime.audio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/** The mono samples of a recording while it is decoded: it grows as they come, and knows when they are too many. */
final class SampleBuffer {
    /** One GiB of samples: no header talks the host into more. */
    private static final long MOST_SAMPLES = 1L << 28;

    /** What a header may ask for before there are samples. */
    private static final int FIRST_CAPACITY = 1 << 22;

    private final Path path;
    private final Duration limit;
    private float[] samples = {};
    private int count;
    private int sampleRate = 1;

    SampleBuffer(Path path, Duration limit) {
        this.path = path;
        this.limit = limit;
    }

    /**
     * Begins.
     *
     * @param rate in Hz
     * @param expected how many samples the header promises; 0 where it does not say
     */
    void begin(long rate, long expected) {
        if (rate <= 0 || rate > Integer.MAX_VALUE) {
            throw KemoException.input(
                    "The file [" + path + "] says that its sample rate is [" + rate + "] Hz.", "Record it again.");
        }
        sampleRate = (int) rate;
        checkLength(expected);
        samples = new float[(int) Math.min(expected, FIRST_CAPACITY)];
    }

    /** Adds a sample, the mean of all channels. */
    void add(double sample) {
        if (count == samples.length) {
            grow();
        }
        float value = (float) sample;
        if (!Float.isFinite(value)) {
            throw KemoException.input(
                    String.format(
                            Locale.ROOT,
                            "The sample at [%.3f s] of the file [%s] is [%s], not a number that can be heard.",
                            seconds(count),
                            path,
                            value),
                    "Repair the recording, or leave it out.");
        }
        samples[count++] = value;
    }

    /** How many samples there are. */
    int count() {
        return count;
    }

    /** A length in seconds. */
    double seconds(long length) {
        return (double) length / sampleRate;
    }

    /** The error of a file that ends before it should. */
    KemoException cutShort(long expected) {
        return KemoException.input(
                String.format(
                        Locale.ROOT,
                        "The file [%s] ends after [%.3f s] of the [%.3f s] that its header promises.",
                        path,
                        seconds(count),
                        seconds(expected)),
                "Copy it again, or save what is there as a new file with an audio editor.");
    }

    /** What was decoded. */
    Waveform toWaveform() {
        if (count == 0) {
            throw KemoException.input("The file [" + path + "] holds no samples.", "Record it again.");
        }
        return new Waveform(count == samples.length ? samples : Arrays.copyOf(samples, count), sampleRate);
    }

    private void grow() {
        checkLength(count + 1L);
        long longest = Math.min(MOST_SAMPLES, (long) Math.ceil(limit.toMillis() / 1000.0 * sampleRate));
        samples = Arrays.copyOf(samples, (int) Math.max(count + 1L, Math.min(longest, Math.max(1 << 16, 2L * count))));
    }

    private void checkLength(long length) {
        if (seconds(length) * 1000 > limit.toMillis()) {
            throw KemoException.input(
                    String.format(
                            Locale.ROOT,
                            "The file [%s] is [%.0f s] long or longer, more than the limit of [%.0f s].",
                            path,
                            seconds(length),
                            limit.toMillis() / 1000.0),
                    "Cut it into shorter parts.");
        }
        if (length > MOST_SAMPLES) {
            throw KemoException.input(
                    "The file [" + path + "] has [" + length + "] samples or more, above the most that are read, ["
                            + MOST_SAMPLES + "].",
                    "Cut it into parts, or resample it to a lower rate.");
        }
    }
}
