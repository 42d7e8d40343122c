package org.kemo.resample;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.BandlimitedResampler;
import org.kemo.api.audio.Waveform;

/** The preprocessor. Keeps the tables of each input rate that it has met; safe for use by several threads at once. */
final class Resample implements AudioPreprocessor {
    private final int rate;
    private final Map<Integer, BandlimitedResampler> resamplers = new ConcurrentHashMap<>();

    Resample(int rate) {
        this.rate = rate;
    }

    @Override
    public Waveform process(Waveform waveform) {
        if (waveform.sampleRate() == rate) {
            return waveform;
        }
        BandlimitedResampler resampler =
                resamplers.computeIfAbsent(waveform.sampleRate(), from -> new BandlimitedResampler(from, rate));
        return new Waveform(resampler.resample(waveform.samples()), rate);
    }
}
