package org.kemo.runtime.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.SampleRateConverter;
import org.kemo.api.audio.Waveform;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ComponentFailure;

/**
 * What becomes of sound: preprocessors one after the other, then extractors side by side, each at the sample rate that it takes.
 * Safe for use by several threads at once.
 */
public final class SoundSteps {
    private final List<Component<AudioPreprocessor>> preprocessors;
    private final Map<Integer, SampleRateConverter> converters = new LinkedHashMap<>();

    /** The steps that a configuration names. */
    public SoundSteps(List<Component<AudioPreprocessor>> preprocessors, List<Component<FeatureExtractor>> extractors) {
        this.preprocessors = List.copyOf(preprocessors);
        extractors.forEach(step ->
                step.value().sampleRate().ifPresent(rate -> converters.put(rate, new SampleRateConverter(rate))));
    }

    /**
     * The sound as the extractors get it.
     *
     * @param stages takes the seconds of each step
     * @throws ComponentFailure where a preprocessor breaks on it
     */
    public PreprocessedSound preprocess(Waveform read, StageClock stages) {
        Waveform waveform = read;
        for (Component<AudioPreprocessor> step : preprocessors) {
            Waveform before = waveform;
            waveform = stages.time(
                    step.type(),
                    () -> ComponentFailure.attempt(
                            "The preprocessor [" + step.type() + "] fails on a sound",
                            () -> step.value().process(before)));
        }
        return new PreprocessedSound(waveform, converters);
    }
}
