package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.Modality;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.audio.WavFile;
import org.kemo.runtime.configuration.AugmentationConfiguration.Version;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.configuration.SampleModalities;
import org.kemo.runtime.model.ModelAssembly;

class StageExamplesTest {
    @TempDir
    private Path folder;

    /** At 0.9 of its speed one sample becomes two, which differ. */
    @Test
    void findsNothingInAVersionOfARecordingThatIsSilent() {
        List<Versions> training = training(List.of(said(16_000)), 0.9);

        assertThat(training).singleElement().satisfies(utterance -> assertThat(utterance.all())
                .hasSize(2)
                .allSatisfy(version -> assertThat(version.inputs()).containsOnlyKeys(TestStages.TEXT)));
    }

    /** At four times its speed one sample is left of two. */
    @Test
    void takesNoVersionInWhichNothingIsLeftOfTheRecording() {
        List<Utterance> click = List.of(said(8000, -8000));

        assertThat(training(click, 4)).singleElement().satisfies(utterance -> assertThat(utterance.all())
                .singleElement()
                .satisfies(
                        original -> assertThat(original.inputs()).containsOnlyKeys(TestStages.AUDIO, TestStages.TEXT)));
        assertThat(training(click, 0.9)).singleElement().satisfies(utterance -> assertThat(utterance.all())
                .hasSize(2)
                .allSatisfy(
                        version -> assertThat(version.inputs()).containsOnlyKeys(TestStages.AUDIO, TestStages.TEXT)));
    }

    private static List<Versions> training(List<Utterance> utterances, double speed) {
        Map<String, ModalityConfiguration> modalities = Map.of(
                "audio",
                modality(List.of(new Component<FeatureExtractor>("samples", 1, "{}", new Samples()))),
                "text",
                modality(List.of()));
        ModelAssembly assembly = new ModelAssembly(
                new KemoConfiguration(
                        1,
                        new LabelsConfiguration(TestStages.LABELS.labels(), Map.of()),
                        modalities,
                        Optional.of(new Component<>("first", 1, "{}", new First())),
                        Optional.empty()),
                new AudioReader());
        return new StageExamples(
                        TestStages.fusion(
                                new Dataset("said", utterances, List.of(), List.of()), new Version(speed, List.of())),
                        assembly,
                        List.of(TestStages.AUDIO, TestStages.TEXT),
                        (key, compute) -> compute.get(),
                        new Semaphore(1),
                        Progress.NONE)
                .training(utterances);
    }

    private static ModalityConfiguration modality(List<Component<FeatureExtractor>> features) {
        return SampleModalities.of(features, new TestStages.MeanEncoder());
    }

    /** A recording of these samples, with words that were turned to features elsewhere. */
    private Utterance said(int... samples) {
        Path recording = WavFile.write(folder.resolve("clip.wav"), WavFile.pcm16(16_000, samples));
        Map<Modality, Source> sources = Map.of(
                TestStages.AUDIO,
                Source.AudioFile.of(recording),
                TestStages.TEXT,
                new Source.Features(FloatTensor.of(new float[] {1}, 1, 1)));
        return new Utterance("clip", sources, Optional.of("happy"), Optional.empty(), Split.TRAIN);
    }

    /** A frame of each sample. */
    private static final class Samples implements FeatureExtractor {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<String> names() {
            return List.of("sample");
        }

        @Override
        public FeatureSequence extract(Waveform waveform) {
            return FeatureSequence.of(FloatTensor.of(waveform.samples(), waveform.samples().length, 1));
        }
    }

    private static final class First implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.of(in.get(0).probabilities());
        }
    }
}
