package org.kemo.api.audio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.KemoException;

/**
 * Brings sound to one sample rate by {@link BandlimitedResampler}; sound that has it stays as it is. The tables of the input
 * rates that it met last are kept. Safe for use by several threads at once.
 */
public final class SampleRateConverter implements AudioPreprocessor {
    /** Recordings of one source share their rate; tables of odd rates take megabytes. */
    private static final int MOST_TABLES = 4;

    private final int rate;

    /** By input rate, the one that was not used for longest first. Guarded by this. */
    private final Map<Integer, BandlimitedResampler> resamplers = new LinkedHashMap<>(MOST_TABLES, 0.75f, true);

    /**
     * A converter.
     *
     * @param rate of what it gives, in Hz; above 0
     * @throws KemoException category CONFIGURATION, for a rate that is not
     */
    public SampleRateConverter(int rate) {
        if (rate < 1) {
            throw KemoException.configuration("Sound cannot have a sample rate of [" + rate + "].", "Give it in Hz.");
        }
        this.rate = rate;
    }

    /**
     * The sound at this converter's rate, as long as before.
     *
     * @throws KemoException category INPUT, for a rate whose ratio to this one has no terms of a usable size
     */
    @Override
    public Waveform process(Waveform waveform) {
        return waveform.sampleRate() == rate
                ? waveform
                : new Waveform(resampler(waveform.sampleRate()).resample(waveform.samples()), rate);
    }

    private synchronized BandlimitedResampler resampler(int from) {
        BandlimitedResampler resampler = resamplers.computeIfAbsent(from, this::tables);
        if (resamplers.size() > MOST_TABLES) {
            resamplers.remove(resamplers.keySet().iterator().next());
        }
        return resampler;
    }

    private BandlimitedResampler tables(int from) {
        try {
            return new BandlimitedResampler(from, rate);
        } catch (KemoException e) {
            throw KemoException.input(e.problem(), "Convert the recording to [" + rate + " Hz] before.")
                    .causedBy(e);
        }
    }
}
