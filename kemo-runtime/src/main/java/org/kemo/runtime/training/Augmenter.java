package org.kemo.runtime.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.kemo.api.Modality;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.runtime.configuration.AugmentationConfiguration;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.Standardisation;
import org.kemo.runtime.pipeline.ModalityInput;

/**
 * Changes the inputs of an example: SpecAugment's masks (Park et al., 2019; here over time and over
 * features, set to the training mean), normal noise, and dropped words.
 */
final class Augmenter {
    private final AugmentationConfiguration configuration;

    Augmenter(AugmentationConfiguration configuration) {
        this.configuration = configuration;
    }

    private ModalityInput augment(ModalityNetwork modality, ModalityInput input, SplittableRandom random) {
        if (input.values() instanceof LongTensor ids) {
            return configuration.stepDropout() == 0 ? input : ModalityInput.ids(dropSteps(ids, random));
        }
        if (configuration.noise() == 0 && configuration.timeMasks() == 0 && configuration.featureMasks() == 0) {
            return input;
        }
        FloatTensor features = (FloatTensor) input.values();
        // What goes on through pretrained layers is no feature with a mean and a spread of its own.
        return modality.standardisation()
                .map(by -> new ModalityInput(change(features, by, random), input.cues()))
                .orElse(input);
    }

    private FloatTensor change(FloatTensor features, Standardisation by, SplittableRandom random) {
        int frames = features.size(0);
        int width = features.size(1);
        float[] values = features.values().clone();
        if (configuration.noise() > 0) {
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (random.nextGaussian() * configuration.noise() * by.deviation()[i % width]);
            }
        }
        for (int mask = 0; mask < configuration.timeMasks(); mask++) {
            int length = random.nextInt(Math.min(configuration.timeMaskFrames(), frames) + 1);
            int from = random.nextInt(frames - length + 1);
            for (int t = from; t < from + length; t++) {
                System.arraycopy(by.mean(), 0, values, t * width, width);
            }
        }
        for (int mask = 0; mask < configuration.featureMasks(); mask++) {
            int length = random.nextInt(Math.min(configuration.featureMaskWidth(), width) + 1);
            int from = random.nextInt(width - length + 1);
            for (int t = 0; t < frames; t++) {
                System.arraycopy(by.mean(), from, values, t * width + from, length);
            }
        }
        return FloatTensor.of(values, frames, width);
    }

    /** Drops whole steps, but never all of them. */
    private LongTensor dropSteps(LongTensor ids, SplittableRandom random) {
        int steps = ids.size(0);
        int width = ids.size(1);
        long[] kept = new long[ids.count()];
        int length = 0;
        int spared = random.nextInt(steps);
        for (int step = 0; step < steps; step++) {
            if (random.nextDouble() >= configuration.stepDropout() || step == spared) {
                System.arraycopy(ids.values(), step * width, kept, length * width, width);
                length++;
            }
        }
        return LongTensor.of(java.util.Arrays.copyOf(kept, length * width), length, width);
    }

    Example augment(Iterable<ModalityNetwork> modalities, Example example, SplittableRandom random) {
        Map<Modality, ModalityInput> inputs = new LinkedHashMap<>(example.inputs());
        for (ModalityNetwork modality : modalities) {
            inputs.computeIfPresent(modality.modality(), (key, input) -> augment(modality, input, random));
        }
        return new Example(example.id(), inputs, example.label(), example.speaker());
    }
}
