package org.kemo.api.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

/** Random utterances for a {@link FusionNetwork}: with all modalities, or with some missing. */
final class FusionUtterances {
    private static final int MAXIMUM_LENGTH = 7;
    private static final int TRAINING = 30;

    private final List<Network.Input> inputs;
    private final List<Modality> modalities;

    FusionUtterances(List<Network.Input> inputs, List<Modality> modalities) {
        this.inputs = inputs;
        this.modalities = modalities;
    }

    /** Each modality is missing from one in four, but never all of them. */
    Map<String, Tensor> draw(RandomGenerator random) {
        int kept = random.nextInt(modalities.size());
        boolean[] present = new boolean[modalities.size()];
        for (int m = 0; m < present.length; m++) {
            present[m] = m == kept || random.nextInt(4) > 0;
        }
        return draw(random, present, RandomGenerator::nextGaussian);
    }

    /** All modalities but one. */
    Map<String, Tensor> drawWithout(Modality missing, RandomGenerator random) {
        boolean[] present = new boolean[modalities.size()];
        for (int m = 0; m < present.length; m++) {
            present[m] = !modalities.get(m).equals(missing);
        }
        return draw(random, present, RandomGenerator::nextGaussian);
    }

    /** All modalities are there and all their numbers are 0. */
    Map<String, Tensor> zeros(RandomGenerator random) {
        boolean[] present = new boolean[modalities.size()];
        java.util.Arrays.fill(present, true);
        return draw(random, present, generator -> 0);
    }

    /** Labels and cues of random training utterances. Each modality is missing from one in four. */
    List<FusionTrainingData.Example> training(FusionInputs given, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FusionTrainingData.Example> examples = new ArrayList<>();
        for (int i = 0; i < TRAINING; i++) {
            Map<Modality, Map<String, Float>> own = new LinkedHashMap<>();
            for (Modality modality : modalities) {
                if (i == 0 || random.nextInt(4) > 0) {
                    Map<String, Float> values = new LinkedHashMap<>();
                    given.cues().get(modality).forEach(cue -> values.put(cue, (float) random.nextGaussian()));
                    own.put(modality, values);
                }
            }
            examples.add(new FusionTrainingData.Example(
                    given.labels().label(random.nextInt(given.labels().size())), own));
        }
        return examples;
    }

    private Map<String, Tensor> draw(
            RandomGenerator random, boolean[] present, ToDoubleFunction<RandomGenerator> values) {
        Map<String, Tensor> utterance = new LinkedHashMap<>();
        for (int m = 0; m < present.length; m++) {
            Modality modality = modalities.get(m);
            int length = present[m] ? 1 + random.nextInt(MAXIMUM_LENGTH) : 0;
            for (Network.Input input : inputs) {
                if (input.name().startsWith(modality + ".")) {
                    utterance.put(input.name(), value(input, length, random, values));
                }
            }
            utterance.put(
                    FusionNetwork.name(modality, "presence"), FloatTensor.of(new float[] {present[m] ? 1 : 0}, 1));
        }
        return utterance;
    }

    private static Tensor value(
            Network.Input input, int length, RandomGenerator random, ToDoubleFunction<RandomGenerator> values) {
        Shape shape = input.shape();
        int[] sizes = new int[shape.rank() - 1];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = shape.dimension(axis + 1).isFixed() ? shape.size(axis + 1) : length;
        }
        FloatTensor value = FloatTensor.zeros(sizes);
        for (int i = 0; i < value.count(); i++) {
            value.values()[i] = Batches.isMask(input) ? 1 : (float) values.applyAsDouble(random);
        }
        return value;
    }
}
