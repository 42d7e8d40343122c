package org.kemo.runtime.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.kemo.api.Modality;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.runtime.configuration.AugmentationConfiguration;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.Standardisation;
import org.kemo.runtime.pipeline.ModalityInput;

/**
 * Changes the inputs of an example: SpecAugment's masks (Park et al., 2019; here over time, none of them over all of it, and over
 * features, set to the training mean), normal noise, and dropped words, or tokens where a transformer's layers are trained.
 */
final class Augmenter {
    private final AugmentationConfiguration configuration;

    Augmenter(AugmentationConfiguration configuration) {
        this.configuration = configuration;
    }

    private ModalityInput augment(ModalityNetwork modality, ModalityInput input, SplittableRandom random) {
        if (modality.type() == ElementType.LONG) {
            return configuration.stepDropout() == 0 ? input : dropWords(input, random);
        }
        if (modality.standardisation().isEmpty()) {
            // What goes on through pretrained layers is no feature with a mean and a spread of its own.
            return configuration.stepDropout() == 0 ? input : dropTokens(input, random);
        }
        if (configuration.noise() == 0 && configuration.timeMasks() == 0 && configuration.featureMasks() == 0) {
            return input;
        }
        return new ModalityInput(
                change((FloatTensor) input.values(), modality.standardisation().get(), random), input.cues());
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
            int length = random.nextInt(Math.min(configuration.timeMaskFrames(), frames - 1) + 1);
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

    private ModalityInput dropWords(ModalityInput input, SplittableRandom random) {
        int[] kept = keptSteps(0, input.steps(), input.steps(), random);
        long[] ids = new long[kept.length * input.width()];
        copy(((LongTensor) input.values()).values(), kept, input.width(), ids);
        return ModalityInput.ids(LongTensor.of(ids, kept.length, input.width()));
    }

    /** Between the first and the last, which stand for no word. */
    private ModalityInput dropTokens(ModalityInput input, SplittableRandom random) {
        if (input.steps() < 3) {
            return input;
        }
        int[] kept = keptSteps(1, input.steps() - 1, input.steps(), random);
        float[] states = new float[kept.length * input.width()];
        copy(((FloatTensor) input.values()).values(), kept, input.width(), states);
        return new ModalityInput(FloatTensor.of(states, kept.length, input.width()), input.cues());
    }

    /** All steps but those dropped from {@code from} to {@code to}, of which at least one stays. */
    private int[] keptSteps(int from, int to, int steps, SplittableRandom random) {
        int spared = from + random.nextInt(to - from);
        return IntStream.range(0, steps)
                .filter(step -> step < from
                        || step >= to
                        || random.nextDouble() >= configuration.stepDropout()
                        || step == spared)
                .toArray();
    }

    /** Between arrays of one type. */
    private static void copy(Object from, int[] steps, int width, Object to) {
        for (int i = 0; i < steps.length; i++) {
            System.arraycopy(from, steps[i] * width, to, i * width, width);
        }
    }

    Example augment(Iterable<ModalityNetwork> modalities, Example example, SplittableRandom random) {
        Map<Modality, ModalityInput> inputs = new LinkedHashMap<>(example.inputs());
        for (ModalityNetwork modality : modalities) {
            inputs.computeIfPresent(modality.modality(), (key, input) -> augment(modality, input, random));
        }
        return new Example(example.id(), inputs, example.label(), example.speaker());
    }
}
