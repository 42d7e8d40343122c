package org.kemo.runtime.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.SampleRateConverter;
import org.kemo.api.audio.Waveform;
import org.kemo.runtime.configuration.Component;

/**
 * Sound that the extractors of its {@link SoundSteps} listen to. It is brought to each rate that they take once. Belongs to one thread.
 */
public final class PreprocessedSound {
    private static final String RESAMPLE = "resample";

    private final Waveform waveform;
    private final Map<Integer, SampleRateConverter> converters;
    private final Map<Integer, Waveform> converted = new HashMap<>();

    PreprocessedSound(Waveform waveform, Map<Integer, SampleRateConverter> converters) {
        this.waveform = waveform;
        this.converters = converters;
    }

    /** As the preprocessors left it. */
    public Waveform waveform() {
        return waveform;
    }

    /**
     * What an extractor finds; empty where there is not a sample.
     *
     * @param stages takes the seconds
     */
    public Optional<FeatureSequence> extract(Component<FeatureExtractor> step, StageClock stages) {
        if (waveform.samples().length == 0) {
            return Optional.empty();
        }
        Waveform heard = at(step.value().sampleRate(), stages);
        return Optional.of(stages.time(step.type(), () -> step.value().extract(heard)));
    }

    private Waveform at(OptionalInt rate, StageClock stages) {
        if (rate.isEmpty() || rate.getAsInt() == waveform.sampleRate()) {
            return waveform;
        }
        return converted.computeIfAbsent(
                rate.getAsInt(),
                wanted -> stages.time(RESAMPLE, () -> converters.get(wanted).process(waveform)));
    }
}
