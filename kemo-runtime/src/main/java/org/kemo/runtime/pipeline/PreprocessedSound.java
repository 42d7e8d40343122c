package org.kemo.runtime.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.SampleRateConverter;
import org.kemo.api.audio.Waveform;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ComponentFailure;

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
     * What an extractor finds, with its cues in the order in which it declares them; empty where there is not a sample.
     *
     * @param stages takes the seconds
     * @throws KemoException category PLUGIN, where it gives another width or other cues than it declares; INPUT, where it gives what is
     *     no finite number
     * @throws ComponentFailure where it breaks on the sound
     */
    public Optional<FeatureSequence> extract(Component<FeatureExtractor> step, StageClock stages) {
        if (waveform.samples().length == 0) {
            return Optional.empty();
        }
        Waveform heard = at(step.value().sampleRate(), stages);
        return Optional.of(checked(
                step,
                stages.time(
                        step.type(),
                        () -> ComponentFailure.attempt(who(step) + " fails on a sound", () -> step.value()
                                .extract(heard)))));
    }

    private static String who(Component<FeatureExtractor> step) {
        return "The feature extractor [" + step.type() + "]";
    }

    private static FeatureSequence checked(Component<FeatureExtractor> step, FeatureSequence found) {
        FeatureExtractor extractor = step.value();
        String who = who(step);
        if (found.width() != extractor.width()) {
            throw KemoException.plugin(
                    who + " gives [" + found.width() + "] features a frame, and declares [" + extractor.width() + "].",
                    "Correct its width, or what it extracts.");
        }
        if (!found.cues().keySet().equals(Set.copyOf(extractor.cues()))) {
            throw KemoException.plugin(
                    who + " gives the cues " + found.cues().keySet() + ", and declares " + extractor.cues() + ".",
                    "Correct its cues, or what it extracts.");
        }
        String remedy = "Leave the clip out, or correct the extractor.";
        ModalityPipeline.requireFinite(
                who + " gives features that hold", remedy, found.values().values());
        Map<String, Float> cues = new LinkedHashMap<>();
        for (String cue : extractor.cues()) {
            float value = found.cues().get(cue);
            ModalityPipeline.requireFinite(who + " gives the cue [" + cue + "] as", remedy, value);
            cues.put(cue, value);
        }
        return new FeatureSequence(found.values(), cues);
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
