package org.kemo.mfcc;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.kemo.api.KemoException;
import org.kemo.api.audio.DeltaRegression;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.FrameGrid;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;

/** The extractor: cepstra, energy, deltas, accelerations, in HTK's order. Immutable; safe for use by several threads. */
final class MfccExtractor implements FeatureExtractor {
    /** HTK's SILFLOOR, 50 dB, in natural logarithms of energy. */
    private static final double SILENCE_FLOOR = 50 * Math.log(10) / 10;

    /** HTK's ESCALE. */
    private static final double ENERGY_SCALE = 0.1;

    private final MfccOptions options;
    private final FrameGrid grid;
    private final FrameSpectrum spectrum;
    private final MelFilterBank filters;
    private final CepstralTransform cepstral;
    private final int statics;

    MfccExtractor(MfccOptions options) {
        this.options = options;
        this.grid = FrameGrid.ofMillis(options.windowMillis(), options.strideMillis(), options.sampleRate());
        this.spectrum = new FrameSpectrum(options, grid);
        this.filters = new MelFilterBank(
                options.channels(),
                options.lowFrequency(),
                options.upperFrequency(),
                spectrum.transformSize(),
                options.sampleRate(),
                options.warp());
        this.cepstral = new CepstralTransform(options.channels(), options.cepstra(), options.lifter());
        this.statics = options.cepstra() + (options.energy() == MfccOptions.Energy.NONE ? 0 : 1);
    }

    @Override
    public OptionalInt sampleRate() {
        return OptionalInt.of(options.sampleRate());
    }

    @Override
    public int width() {
        return statics * (1 + (options.deltas() ? 1 : 0) + (options.accelerations() ? 1 : 0));
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (String suffix : List.of("", "-delta", "-acceleration").subList(0, width() / statics)) {
            for (int n = 1; n <= options.cepstra(); n++) {
                names.add("mfcc" + n + suffix);
            }
            switch (options.energy()) {
                case LOG -> names.add("energy" + suffix);
                case C0 -> names.add("mfcc0" + suffix);
                case NONE -> {}
            }
        }
        return List.copyOf(names);
    }

    @Override
    public FeatureSequence extract(Waveform waveform) {
        if (waveform.sampleRate() != options.sampleRate()) {
            throw KemoException.input(
                    "The clip has a sample rate of [" + waveform.sampleRate() + "] Hz, but mfcc was set to ["
                            + options.sampleRate() + "].",
                    "Put the preprocessor resample before it, or set its option sampleRate.");
        }
        int frames = grid.frames(waveform.samples().length);
        int width = width();
        float[] values = new float[Math.multiplyExact(frames, width)];
        writeStatics(waveform.samples(), values, frames, width);
        if (options.normalizeEnergy() && options.energy() == MfccOptions.Energy.LOG) {
            normalizeEnergy(values, width);
        }
        if (options.deltas()) {
            new DeltaRegression(options.deltaWindow()).apply(values, frames, width, 0, statics, statics);
        }
        if (options.accelerations()) {
            new DeltaRegression(options.accelerationWindow())
                    .apply(values, frames, width, statics, 2 * statics, statics);
        }
        if (options.cepstralMeanNormalization()) {
            subtractMeans(values, frames, width);
        }
        return FeatureSequence.of(FloatTensor.of(values, frames, width));
    }

    private void writeStatics(float[] samples, float[] values, int frames, int width) {
        FrameSpectrum.Frame frame = spectrum.frame();
        double[] outputs = new double[filters.channels()];
        for (int t = 0; t < frames; t++) {
            double energy = spectrum.analyze(samples, t * grid.stride(), frame);
            filters.apply(frame.spectrum(), outputs);
            for (int channel = 0; channel < outputs.length; channel++) {
                outputs[channel] = Math.log(Math.max(outputs[channel], floor()));
            }
            cepstral.apply(outputs, values, t * width);
            switch (options.energy()) {
                case LOG -> values[t * width + statics - 1] = (float) energy;
                case C0 -> values[t * width + statics - 1] = (float) cepstral.zeroth(outputs);
                case NONE -> {}
            }
        }
    }

    /** Never 0, whose logarithm is no number. */
    private double floor() {
        return Math.max(options.melFloor(), Double.MIN_NORMAL);
    }

    private void normalizeEnergy(float[] values, int width) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int at = statics - 1; at < values.length; at += width) {
            largest = Math.max(largest, values[at]);
        }
        for (int at = statics - 1; at < values.length; at += width) {
            double below = Math.min(SILENCE_FLOOR, largest - values[at]);
            values[at] = (float) (1 - ENERGY_SCALE * below);
        }
    }

    /** From all cepstra, of which the zeroth is one; the log energy is none. */
    private void subtractMeans(float[] values, int frames, int width) {
        int cepstra = options.energy() == MfccOptions.Energy.C0 ? statics : options.cepstra();
        for (int column = 0; column < cepstra; column++) {
            double sum = 0;
            for (int t = 0; t < frames; t++) {
                sum += values[t * width + column];
            }
            for (int t = 0; t < frames; t++) {
                values[t * width + column] -= (float) (sum / frames);
            }
        }
    }
}
