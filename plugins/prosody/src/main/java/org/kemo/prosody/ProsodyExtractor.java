package org.kemo.prosody;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.audio.DeltaRegression;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.FrameGrid;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;

/** The extractor: pitch, loudness, voicing, and their slopes. Immutable; safe for use by several threads at once. */
final class ProsodyExtractor implements FeatureExtractor {
    private static final List<String> NAMES = List.of("f0", "loudness", "voicing");

    private final ProsodyOptions options;
    private final FrameGrid grid;
    private final PeriodicityAnalysis analysis;
    private final Loudness loudness;
    private final PitchContour contour;

    ProsodyExtractor(ProsodyOptions options) {
        this.options = options;
        this.grid = FrameGrid.ofMillis(options.windowMillis(), options.strideMillis(), options.sampleRate());
        this.analysis = new PeriodicityAnalysis(options, grid);
        this.loudness = new Loudness(grid);
        this.contour = new PitchContour(options);
    }

    @Override
    public OptionalInt sampleRate() {
        return OptionalInt.of(options.sampleRate());
    }

    @Override
    public int width() {
        return options.deltas() ? 2 * NAMES.size() : NAMES.size();
    }

    @Override
    public List<String> names() {
        return options.deltas()
                ? Stream.concat(NAMES.stream(), NAMES.stream().map(name -> name + "-delta"))
                        .toList()
                : NAMES;
    }

    @Override
    public List<String> cues() {
        return ClipCues.NAMES;
    }

    @Override
    public FeatureSequence extract(Waveform waveform) {
        if (waveform.sampleRate() != options.sampleRate()) {
            throw KemoException.input(
                    "The clip has a sample rate of [" + waveform.sampleRate() + "] Hz, but prosody was set to ["
                            + options.sampleRate() + "].",
                    "Put the preprocessor resample before it, or set its option sampleRate.");
        }
        int frames = grid.frames(waveform.samples().length);
        PeriodicityAnalysis.Period[] periods = new PeriodicityAnalysis.Period[frames];
        double[] intensities = new double[frames];
        PeriodicityAnalysis.Frame frame = analysis.frame();
        for (int t = 0; t < frames; t++) {
            periods[t] = analysis.analyze(waveform.samples(), t, frame);
            intensities[t] = loudness.intensity(waveform.samples(), t);
        }
        double[] pitch = contour.trace(periods, intensities);
        float[] values = new float[frames * width()];
        for (int t = 0; t < frames; t++) {
            values[t * width()] = (float) scaled(pitch[t]);
            values[t * width() + 1] = (float) Loudness.of(intensities[t]);
            values[t * width() + 2] = (float) periods[t].periodicity();
        }
        if (options.deltas()) {
            new DeltaRegression(options.deltaWindow()).apply(values, frames, width(), 0, NAMES.size(), NAMES.size());
        }
        return new FeatureSequence(FloatTensor.of(values, frames, width()), ClipCues.of(pitch, intensities));
    }

    private double scaled(double frequency) {
        if (frequency == 0) {
            return 0;
        }
        return switch (options.scale()) {
            case SEMITONES -> 12 * Math.log(frequency / options.referenceFrequency()) / Math.log(2);
            case HZ -> frequency;
            case LOG -> Math.log(frequency);
        };
    }
}
