package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.Ops;
import org.kemo.api.training.TrainingEngine;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.configuration.ResolvedConfiguration;
import org.kemo.runtime.configuration.SampleModalities;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.configuration.TrainingConfiguration;
import org.kemo.runtime.model.ModelAssembly;

class ModelTrainingTest {
    /** Each stage has labels of its own. */
    @Test
    void givesTheLabelsOfTheLastStageThatTrainsAModality() {
        ModelTraining training = training(
                TestStages.stage("audio", labelled("sad", "sad", "happy")),
                TestStages.stage("text", labelled("happy", "happy", "sad")),
                TestStages.fusion(labelled("happy", "sad")));

        assertThat(training.labels(Optional.of(TestStages.AUDIO))).containsExactly("sad", "sad", "happy");
        assertThat(training.labels(Optional.of(TestStages.TEXT))).containsExactly("happy", "happy", "sad");
        assertThat(training.labels(Optional.empty())).containsExactly("happy", "sad");
    }

    @Test
    void givesTheLabelsOfTheLastStageWhereNoneTrainsAModalityByItself() {
        ModelTraining training = training(
                TestStages.stage("audio", labelled("sad", "sad", "happy")),
                TestStages.fusion(labelled("happy", "sad")));

        assertThat(training.labels(Optional.of(TestStages.TEXT))).containsExactly("happy", "sad");
    }

    private static ModelTraining training(StageConfiguration... stages) {
        TrainingEngine none = request -> {
            throw new AssertionError("Nothing is trained.");
        };
        KemoConfiguration configuration = new KemoConfiguration(
                1,
                new LabelsConfiguration(TestStages.LABELS.labels(), Map.of()),
                Map.of("audio", modality(), "text", modality()),
                Optional.of(new Component<>("first", 1, "{}", new First())),
                Optional.of(new TrainingConfiguration(new Component<>("none", 1, "{}", none), List.of(stages))));
        return new ModelTraining(
                ResolvedConfiguration.ofCode(configuration),
                new ModelAssembly(configuration, new AudioReader()),
                TrainingData.asConfigured(),
                (key, compute) -> compute.get(),
                new Semaphore(1),
                Optional.empty(),
                Duration.ofMinutes(1),
                Progress.NONE);
    }

    private static ModalityConfiguration modality() {
        return SampleModalities.of(new TestStages.MeanEncoder());
    }

    private static Dataset labelled(String... labels) {
        List<Utterance> utterances = new ArrayList<>();
        for (String label : labels) {
            String id = "u" + utterances.size();
            utterances.add(new Utterance(
                    id,
                    Map.of(TestStages.TEXT, new Source.Text("so " + id)),
                    Optional.of(label),
                    Optional.empty(),
                    Split.NONE));
        }
        return new Dataset("data", utterances, List.of(), List.of());
    }

    private static final class First implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.of(in.get(0).probabilities());
        }
    }
}
