package org.kemo.runtime.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.LabelAlignment;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Ops;
import org.kemo.api.training.Optimizer;
import org.kemo.runtime.configuration.AugmentationConfiguration;
import org.kemo.runtime.configuration.AugmentationConfiguration.Version;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.Standardisation;
import org.kemo.runtime.pipeline.ModalityInput;

/** Small stages, networks and examples. */
final class TestStages {
    static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    static final Modality AUDIO = Modality.of("audio");
    static final Modality TEXT = Modality.of("text");

    private TestStages() {}

    /** A stage of batches of that size and with that sampling, everything else as small as it can be. */
    static StageConfiguration stage(int batchSize, StageConfiguration.Sampling sampling) {
        return stage(
                List.of("audio"),
                false,
                new Dataset("nothing", List.of(), List.of(), List.of()),
                Optional.empty(),
                0,
                batchSize,
                sampling,
                List.of());
    }

    /** A stage with data to choose on. */
    static StageConfiguration stage(Dataset data, Optional<Dataset> validation, double holdOut) {
        return stage(
                List.of("audio"), false, data, validation, holdOut, 1, StageConfiguration.Sampling.NONE, List.of());
    }

    /** A stage for one modality. */
    static StageConfiguration stage(String modality, Dataset data) {
        return stage(
                List.of(modality), false, data, Optional.empty(), 0, 1, StageConfiguration.Sampling.NONE, List.of());
    }

    /** A stage for the strategy, called {@code fusion}, with other versions of its clips. */
    static StageConfiguration fusion(Dataset data, Version... versions) {
        return stage(
                List.of(), true, data, Optional.empty(), 0, 1, StageConfiguration.Sampling.NONE, List.of(versions));
    }

    private static StageConfiguration stage(
            List<String> modalities,
            boolean fusion,
            Dataset data,
            Optional<Dataset> validation,
            double holdOut,
            int batchSize,
            StageConfiguration.Sampling sampling,
            List<Version> versions) {
        return new StageConfiguration(
                fusion ? "fusion" : modalities.get(0),
                modalities,
                fusion,
                reader(data),
                validation.map(TestStages::reader),
                holdOut,
                StageConfiguration.Grouping.UTTERANCE,
                1,
                0,
                batchSize,
                0.01,
                0.05,
                0,
                StageConfiguration.Schedule.CONSTANT,
                Optimizer.adamW(),
                0,
                0,
                StageConfiguration.ClassWeights.NONE,
                sampling,
                new AugmentationConfiguration(versions, 0, 0, 0, 0, 3, 0, 2, 0));
    }

    private static Component<DatasetReader> reader(Dataset data) {
        return new Component<>(data.name(), 1, "{}", () -> data);
    }

    static AugmentationConfiguration augmentation(double noise, int timeMasks, int featureMasks, double stepDropout) {
        return new AugmentationConfiguration(List.of(), 0, 0, noise, timeMasks, 3, featureMasks, 2, stepDropout);
    }

    /** The mean over frames, behind nothing. */
    static final class MeanEncoder implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }

    static ModalityNetwork audio(float... mean) {
        return features("audio", mean);
    }

    static ModalityNetwork features(String modality, float... mean) {
        float[] deviation = new float[mean.length];
        java.util.Arrays.fill(deviation, 2);
        return network(
                Modality.of(modality),
                ElementType.FLOAT,
                mean.length,
                Optional.of(new Standardisation(mean, deviation)));
    }

    static ModalityNetwork text(int width) {
        return network(TEXT, ElementType.LONG, width, Optional.empty());
    }

    /** What goes on from the layers of a transformer. */
    static ModalityNetwork states(int width) {
        return network(TEXT, ElementType.FLOAT, width, Optional.empty());
    }

    private static ModalityNetwork network(
            Modality modality, ElementType type, int width, Optional<Standardisation> standardisation) {
        return new ModalityNetwork(
                modality,
                type,
                width,
                List.of(),
                standardisation,
                new MeanEncoder(),
                0,
                LabelAlignment.of(LABELS, LABELS, Map.of()));
    }

    static Example sound(String id, String label, int frames, float... values) {
        return features(AUDIO, id, label, frames, values);
    }

    static Example features(Modality modality, String id, String label, int steps, float... values) {
        return new Example(
                id,
                Map.of(modality, new ModalityInput(FloatTensor.of(values, steps, values.length / steps), Map.of())),
                Optional.of(label),
                Optional.empty());
    }

    static Example words(String id, int width, long... ids) {
        return new Example(
                id,
                Map.of(TEXT, ModalityInput.ids(LongTensor.of(ids, ids.length / width, width))),
                Optional.of("happy"),
                Optional.empty());
    }
}
