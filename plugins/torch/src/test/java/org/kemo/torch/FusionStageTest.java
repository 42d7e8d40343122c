package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;
import org.kemo.api.training.Optimizer;
import org.kemo.api.training.TrainingEngine;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.cache.FileFeatureCache;
import org.kemo.runtime.configuration.AugmentationConfiguration;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.configuration.ResolvedConfiguration;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.configuration.TrainingConfiguration;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.training.ModelTraining;
import org.kemo.runtime.training.Progress;
import org.kemo.runtime.training.TrainingData;

/** A stage of training that trains a fusion strategy: what the strategy takes from the data, and its own loss. */
final class FusionStageTest {
    private static final List<String> LABELS = List.of("happy", "sad");

    /** Six of eight training utterances are happy; of validation, one of two. */
    private static final String TRAINING = "hhshhhsh";

    private static final String VALIDATION = "hs";

    private static final float PUBLISHED = 0.75f;

    @TempDir
    private Path folder;

    private NetworkEncoder encoder = new MeanEncoder();

    private List<String> ownLabelsOfText = LABELS;

    /** From them to the model's. */
    private Map<String, String> alignment = Map.of();

    private double dropout;

    private int checkpointMinutes = 10;

    private Progress progress = Progress.NONE;

    private String model = "model";

    private String build = "one";

    private Map<String, String> plugins = Map.of("torch", "1 sum");

    /** Answers with the share of each class, under a name at which weight decay would pull. */
    private static class Shares implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T zeros = ops.multiply(in.get(0).presence(), ops.constant(0));
            return Fused.of(ops.add(zeros, ops.parameter("weight", Shape.of(2), Initializer.constant(0.5))));
        }

        @Override
        public Map<String, FloatTensor> fit(FusionTrainingData data) {
            return Map.of("weight", data.distribution());
        }
    }

    @Test
    void keepsWhatTheStrategyTookFromTheTrainingDataWhileOtherPartsLearn() throws IOException {
        ModelTraining.Report report = train(new Shares(), stage("all", List.of("audio", "text"), true));

        assertThat(numbers("fusion/weight")).containsExactly(0.75f, 0.25f);
        assertThat(report.metrics().get("all")).containsEntry("epochs", 5.0).containsEntry("validationAccuracy", 0.5);
        // Two classifiers of two features and two classes are trained; the shares are not.
        assertThat(report.parameters().trainable()).isEqualTo(12);
        assertThat(report.parameters().total()).isEqualTo(14);
    }

    @Test
    void keepsWhatAnEncoderTookFromTheTrainingDataThroughAllStages() throws IOException {
        encoder = new LargestAddedEncoder("largest");
        train(
                new Shares(),
                stage("modalities", List.of("audio", "text"), false),
                stage("all", List.of("audio", "text"), true));

        float largest = Float.NEGATIVE_INFINITY;
        for (Utterance utterance : utterances().utterances()) {
            if (utterance.split() == Split.TRAIN) {
                Source.Features text = (Source.Features) utterance.sources().get(Modality.of("text"));
                largest = Math.max(largest, text.values().at(0, 0));
            }
        }
        assertThat(numbers("text/encoder/largest")).containsExactly(largest);
    }

    @Test
    void refusesAnEncoderThatFitsWhatIsNoneOfItsParameters() {
        encoder = new LargestAddedEncoder("least");
        assertThatThrownBy(() -> train(new Shares(), stage("all", List.of("audio", "text"), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(
                        "The encoder [mean] of the modality [audio] fits [audio/encoder/least] of the shape [1]");
    }

    @Test
    void trainsPublishedValuesAtARateOfTheirOwn() throws IOException {
        encoder = new ShiftedEncoder("shift");
        train(new Shares(), tuning("whole", 0));
        assertThat(numbers("text/encoder/shift")).containsExactly(PUBLISHED);

        model = "slow";
        train(new Shares(), tuning("whole", 0.05));
        float slow = numbers("text/encoder/shift")[0];
        // Twenty steps of at most 0.02 * 0.05 each.
        assertThat(slow).isNotEqualTo(PUBLISHED).isCloseTo(PUBLISHED, within(0.03f));

        model = "two-stages";
        train(new Shares(), tuning("whole", 0.05), tuning("rest", 0));
        assertThat(numbers("text/encoder/shift")).containsExactly(slow);
    }

    @Test
    void refusesPublishedValuesThatAreForNoneOfTheEncodersParametersBeforeTheFirstStage() {
        encoder = new ShiftedEncoder("shifts");
        assertThatThrownBy(() -> train(new Shares(), tuning("whole", 0)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The encoder [mean] of the modality [audio] brings [audio/encoder/shifts] of the"
                        + " shape [1], which is none of its parameters.");
        assertThat(folder.resolve(model)).doesNotExist();
    }

    private static StageConfiguration tuning(String name, double pretrainedRate) {
        return stage(name, List.of("audio", "text"), true, 0, 0, pretrainedRate);
    }

    @Test
    void refusesToTrainAModalityByItselfOfWhoseClassesTheDataNameNone() {
        ownLabelsOfText = List.of("joy", "sorrow");
        alignment = Map.of("joy", "happy", "sorrow", "sad");

        assertThatThrownBy(() -> train(
                        new Shares(),
                        stage("modalities", List.of("audio", "text"), false),
                        stage("fusion", List.of(), true)))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("The stage [modalities] trains the modality [text]")
                .hasMessageContaining("own classes [joy, sorrow]: their labels are [happy, sad]");
        assertThat(train(new Shares(), stage("sound", List.of("audio"), true)).problems())
                .isEmpty();
    }

    @Test
    void trainsAModalityThroughTheFusedAnswerWhereTheDataNameNoneOfItsClasses() throws IOException {
        ownLabelsOfText = List.of("joy", "sorrow");
        alignment = Map.of("joy", "happy", "sorrow", "sad");
        StageConfiguration stage = stage("both", List.of("audio", "text"), true);

        // Weight decay alone changes what gets no gradient.
        train(new Shares(), stage);
        float[] withoutGradient = numbers("text/classifier/weight");
        model = "read";
        FusionStrategy reading = new FusionStrategy() {
            @Override
            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                return Fused.of(in.get("text").probabilities());
            }
        };

        assertThat(train(reading, stage).problems())
                .containsExactly(
                        "The stage [both] has no target for the classifier of the modality [text] in what is labelled"
                                + " [happy, sad], since its own classes are [joy, sorrow]: that trains it through the"
                                + " fused answer alone, where the strategy passes it on.");
        assertThat(numbers("text/classifier/weight")).isNotEqualTo(withoutGradient);
    }

    @Test
    void refusesAModalityThatNoTrainingUtteranceHas() {
        for (StageConfiguration stage : List.of(
                stage("all", List.of("audio", "text"), true, 0, 0, 0.05, FusionStageTest::withoutWords),
                stage("modalities", List.of("audio", "text"), false, 0, 0, 0.05, FusionStageTest::withoutWords),
                stage("fusion", List.of(), true, 0, 0, 0.05, FusionStageTest::withoutWords))) {
            assertThatThrownBy(() -> train(new Shares(), stage, stage("last", List.of(), true)))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                    .hasMessageContaining("No training utterance has anything in the modality [text].");
        }
    }

    private static Dataset withoutWords() {
        Modality audio = Modality.of("audio");
        List<Utterance> utterances = utterances().utterances().stream()
                .map(each -> new Utterance(
                        each.id(),
                        Map.of(audio, each.sources().get(audio)),
                        each.label(),
                        each.speaker(),
                        each.split()))
                .toList();
        return new Dataset("made", utterances, List.of(), List.of());
    }

    @Test
    void saysWhichLabelsAreNoTargetsForAModality() {
        ownLabelsOfText = List.of("happy", "sorrow");
        alignment = Map.of("sorrow", "sad");
        String noTarget = "has no target for the classifier of the modality [text] in what is labelled [sad],"
                + " since its own classes are [happy, sorrow]: ";

        assertThat(train(
                                new Shares(),
                                stage("modalities", List.of("audio", "text"), false),
                                stage("all", List.of("audio", "text"), true))
                        .problems())
                .containsExactly(
                        "The stage [modalities] " + noTarget + "that does not train it.",
                        "The stage [all] " + noTarget
                                + "that trains it through the fused answer alone, where the strategy passes it on.");
    }

    @Test
    void measuresThoseModalitiesAloneThatThereIsSomethingToChooseOnFor() {
        StageConfiguration fusion = stage("fusion", List.of(), true);
        double alone = train(new Shares(), chosenBySound("modalities", List.of("audio")), fusion)
                .metrics()
                .get("modalities")
                .get("validationAccuracy");
        model = "both";
        double both = train(new Shares(), chosenBySound("modalities", List.of("audio", "text")), fusion)
                .metrics()
                .get("modalities")
                .get("validationAccuracy");

        assertThat(alone).isPositive();
        assertThat(both).isEqualTo(alone);
    }

    @Test
    void choosesOnNoAnswersThatAreNoProbabilities() {
        FusionStrategy dividing = new FusionStrategy() {
            @Override
            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                T presence = in.get("text").presence();
                return Fused.of(ops.multiply(in.get("audio").probabilities(), ops.divide(presence, presence)));
            }
        };
        // In training there are words throughout.
        StageConfiguration stage =
                stage("all", List.of("audio", "text"), true, 2, 0, 0.05, FusionStageTest::happyOnesAgainWithoutWords);

        assertThatThrownBy(() -> train(dividing, stage))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(
                        "The fusion strategy [tried] gives the utterance [u0 again] numbers that are no probabilities:"
                                + " the least is [NaN], and they add up to [NaN].");
    }

    private static StageConfiguration chosenBySound(String name, List<String> modalities) {
        return stage(name, modalities, false, 0, 0, 0.05, FusionStageTest::happyOnesAgainWithoutWords);
    }

    /** The training utterances, and the happy ones of them once more, without words, to choose on. */
    private static Dataset happyOnesAgainWithoutWords() {
        Modality audio = Modality.of("audio");
        List<Utterance> utterances = new ArrayList<>();
        for (Utterance each : utterances().utterances()) {
            if (each.split() == Split.TRAIN) {
                utterances.add(each);
                if (each.label().equals(Optional.of("happy"))) {
                    utterances.add(new Utterance(
                            each.id() + " again",
                            Map.of(audio, each.sources().get(audio)),
                            each.label(),
                            each.speaker(),
                            Split.VALIDATION));
                }
            }
        }
        return new Dataset("made", utterances, List.of(), List.of());
    }

    @Test
    void takesNoStepWhereThereIsNothingToTrain() {
        ModelTraining.Report report = train(
                new Shares(), stage("modalities", List.of("audio", "text"), false), stage("fusion", List.of(), true));

        assertThat(report.metrics().get("modalities")).containsEntry("epochs", 5.0);
        assertThat(report.metrics().get("fusion"))
                .containsEntry("epochs", 0.0)
                .containsEntry("validationAccuracy", 0.5);
    }

    @Test
    void makesTheLossOfTheStrategySmallAndExportsNothingOfIt() throws IOException {
        train(
                new FusionStrategy() {
                    @Override
                    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                        T found = ops.parameter("found", Shape.of(1), Initializer.constant(0));
                        T distance = ops.subtract(found, ops.constant(0.2));
                        return Fused.of(in.get("text").probabilities())
                                .with("found", ops.multiply(in.get("text").presence(), found))
                                .withLoss(ops.sum(ops.multiply(distance, distance), -1));
                    }
                },
                stage("all", List.of("audio", "text"), true));

        assertThat(numbers("fusion/found")[0]).isCloseTo(0.2f, within(0.05f));
        assertThat(graph().getOutputList().stream().map(OnnxMl.ValueInfoProto::getName))
                .contains("diagnostic.found")
                .doesNotContain("loss");
    }

    @Test
    void refusesAStrategyWithParametersThatNoStageTrains() {
        assertThatThrownBy(() -> train(new Shares(), stage("modalities", List.of("audio", "text"), false)))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("No stage trains the fusion strategy [tried]");
    }

    @Test
    void asksTheStrategyBeforeTheFirstStageWhetherTrainingWouldTeachIt() {
        Shares unteachable = new Shares() {
            @Override
            public void checkTraining(FusionInputs inputs) {
                throw KemoException.configuration(
                        "The modalities " + inputs.modalities() + " teach nothing.", "Choose others.");
            }
        };
        assertThatThrownBy(() -> train(
                        unteachable,
                        stage("modalities", List.of("audio", "text"), false),
                        stage("fusion", List.of(), true)))
                .hasMessageContaining("The modalities [audio, text] teach nothing.");
        assertThat(folder.resolve(model)).doesNotExist();
    }

    /** Gives a part of its answer in another shape than it must, or adds what does not fit. */
    private record Misshapen(String part) implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            ModalityView<T> text = in.get("text");
            Fused<T> sound = Fused.of(text.probabilities());
            return switch (part) {
                case "probabilities" -> Fused.of(text.presence());
                case "weight" -> sound.weight(text.modality(), text.probabilities());
                case "stranger" -> sound.weight(Modality.of("video"), text.presence());
                case "diagnostic" -> sound.with("attention", text.sequence().mask());
                case "loss" -> sound.withLoss(text.presence());
                case "cue" -> Fused.of(text.cues().get("loudness"));
                case "state" -> throw new IllegalStateException("There are two.");
                case "class" -> throw new NoClassDefFoundError("org/example/Words");
                default -> {
                    T twice = ops.concat(1, List.of(text.pooled(), text.pooled()));
                    yield Fused.of(ops.add(text.pooled(), twice));
                }
            };
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probabilities | gives [probabilities] of the shape [N, 1], and must give [N, 2].",
                "weight | gives [weight.text] of the shape [N, 2], and must give [N, 1].",
                "stranger | gives the modality [video] a weight, and there is none of that name.",
                "diagnostic | gives [diagnostic.attention] of the shape [N, text.T], and must give [N, k]",
                "loss | gives [loss] of the shape [N, 1], and must give a scalar.",
                "cue | cannot be built: [java.lang.NullPointerException: its probabilities are null].",
                "state | cannot be built: [java.lang.IllegalStateException: There are two.].",
                "class | cannot be built: [java.lang.NoClassDefFoundError: org/example/Words].",
                "sum | cannot be built: The shapes [N, 2] and [N, 4] do not fit element by element.",
            })
    void findsAMistakeOfTheStrategyBeforeTheFirstStage(String part, String mistake) {
        assertThatThrownBy(() -> train(
                        new Misshapen(part),
                        stage("modalities", List.of("audio", "text"), false),
                        stage("fusion", List.of(), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The fusion strategy [tried] " + mistake);
        assertThat(folder.resolve(model)).doesNotExist();
    }

    @Test
    void namesAStrategyThatBreaksWhereNoStageTrainsItAndKeepsWhatItThrew() {
        assertThatThrownBy(() -> train(new Misshapen("state"), stage("modalities", List.of("audio", "text"), false)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The fusion strategy [tried] cannot be built: [java.lang.IllegalStateException")
                .hasMessageContaining("--debug shows where")
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There are two.");
    }

    @Test
    void namesAnEncoderThatGivesNothing() {
        encoder = new NetworkEncoder() {
            @Override
            public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                return null;
            }
        };
        assertThatThrownBy(() -> train(new Shares(), stage("all", List.of("audio", "text"), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(
                        "The encoder [mean] of the modality [audio] cannot be built: [java.lang.NullPointerException");
    }

    @Test
    void namesWhatBreaksOnTheTrainingData() {
        Shares breaking = new Shares() {
            @Override
            public Map<String, FloatTensor> fit(FusionTrainingData data) {
                throw new IllegalStateException("There are none.");
            }
        };
        assertThatThrownBy(() -> train(breaking, stage("all", List.of("audio", "text"), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(
                        "The fusion strategy [tried] fails on the training data: [java.lang.IllegalStateException: There are none.].")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void findsAMistakeInTheShapesOfAnEncoderBeforeTheFirstStage() {
        encoder = new NetworkEncoder() {
            @Override
            public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                return new Encoded<>(input, ops.matmul(input.values(), input.mask()));
            }
        };
        assertThatThrownBy(() -> train(new Shares(), stage("all", List.of("audio", "text"), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The encoder [mean] of the modality [audio] cannot be built: The shapes")
                .hasMessageContaining("have no matrix product");
    }

    /** The mean over real steps, and a part of it in another shape than it must have. */
    private record MisshapenEncoder(String part) implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T mean = ops.maskedMean(input.values(), input.mask());
            return switch (part) {
                case "sequence" -> new Encoded<>(new Sequence<>(mean, input.mask()), mean);
                case "mask" -> new Encoded<>(new Sequence<>(input.values(), mean), mean);
                case "axis" -> new Encoded<>(input, ops.expand(mean, 1));
                default -> new Encoded<>(input, ops.mean(mean, 0));
            };
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sequence | a sequence of the shape [N, 2], and must give [N, T, d].",
                "mask | a mask of its sequence of the shape [N, 2], and must give [N, audio.T].",
                "axis | a vector of the shape [N, 1, 2], and must give [N, d].",
                "batch | a vector of the shape [2], and must give [N, d].",
            })
    void findsWhatAnEncoderGivesInAnotherShapeThanItMust(String part, String mistake) {
        encoder = new MisshapenEncoder(part);
        assertThatThrownBy(() -> train(new Shares(), stage("all", List.of("audio", "text"), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The encoder [mean] of the modality [audio] gives " + mistake);
        assertThat(folder.resolve(model)).doesNotExist();
    }

    /** Eight utterances, two in a step: four steps in an epoch. */
    @ParameterizedTest
    @CsvSource({
        "0, 6, 0, The stage [all] goes on after epoch [1] and [2] steps of the next.",
        "0, 8, 0, The stage [all] goes on after epoch [1] and [4] steps of the next.",
        "0, 9, 0, The stage [all] goes on after epoch [2] and [1] steps of the next.",
        "0, 14, 0, The stage [all] goes on after epoch [3] and [2] steps of the next.",
        "0, 14, 3, The stage [all] goes on after epoch [3] and [2] steps of the next.",
        "10, 7, 0, The stage [all] goes on after epoch [1].",
        "2147483647, 14, 3, The stage [all] goes on after epoch [3].",
    })
    void goesOnToTheSameBytesFromTheLastCheckpoint(int minutes, int stopped, int patience, String note)
            throws IOException {
        dropout = 0.3;
        StageConfiguration stage = stage("all", List.of("audio", "text"), true, patience, 0.4);
        Heard whole = new Heard(Integer.MAX_VALUE);
        progress = whole;
        train(new Shares(), stage);

        checkpointMinutes = minutes;
        model = "stopped";
        progress = new Heard(stopped);
        assertThatThrownBy(() -> train(new Shares(), stage)).hasMessage("stopped");
        Heard rest = new Heard(Integer.MAX_VALUE);
        progress = rest;
        train(new Shares(), stage);

        assertThat(rest.notes).containsExactly(note);
        assertThat(rest.losses).isNotEmpty().isEqualTo(tail(whole.losses, rest.losses.size()));
        assertThat(folder.resolve("stopped/network.onnx")).hasSameBinaryContentAs(folder.resolve("model/network.onnx"));
    }

    @Test
    void doesNotGoOnWithOtherPlugins() {
        StageConfiguration stage = stage("all", List.of("audio", "text"), true);
        progress = new Heard(7);
        assertThatThrownBy(() -> train(new Shares(), stage)).hasMessage("stopped");

        plugins = Map.of("torch", "1 another sum");
        assertThatThrownBy(() -> train(new Shares(), stage))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("another build of Kemo or its plugins");
    }

    /** Of the same version. */
    @Test
    void doesNotGoOnWithAnotherBuildOfKemo() {
        StageConfiguration stage = stage("all", List.of("audio", "text"), true);
        progress = new Heard(7);
        assertThatThrownBy(() -> train(new Shares(), stage)).hasMessage("stopped");

        build = "another";
        assertThatThrownBy(() -> train(new Shares(), stage))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("another build of Kemo or its plugins");
    }

    @Test
    void keepsOneStateInTheCheckpoint() throws IOException {
        checkpointMinutes = 0;
        progress = new Heard(14);
        assertThatThrownBy(() -> train(new Shares(), stage("all", List.of("audio", "text"), true)))
                .hasMessage("stopped");

        try (Stream<Path> files = Files.list(folder.resolve("model/checkpoint"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "position.json", "state-3-2", "average-3.safetensors");
        }
    }

    private static List<Double> tail(List<Double> all, int count) {
        return all.subList(all.size() - count, all.size());
    }

    /** Hears how training goes, and ends it after a number of steps. */
    private static final class Heard implements Progress {
        private final List<Double> losses = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final int last;
        private int steps;

        Heard(int last) {
            this.last = last;
        }

        @Override
        public void stepped() {
            steps++;
            if (steps == last) {
                throw new IllegalStateException("stopped");
            }
        }

        @Override
        public void epoch(String stage, int epoch, int epochs, double loss, double accuracy) {
            losses.add(loss);
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    }

    @Test
    void refusesAStrategyThatFitsWhatIsNoneOfItsParameters() {
        Shares other = new Shares() {
            @Override
            public Map<String, FloatTensor> fit(FusionTrainingData data) {
                return Map.of("share", data.distribution());
            }
        };
        assertThatThrownBy(() -> train(other, stage("all", List.of("audio", "text"), true)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("fits [fusion/share] of the shape [2], which is none of its parameters");
    }

    private ModelTraining.Report train(FusionStrategy strategy, StageConfiguration... stages) {
        Map<String, ModalityConfiguration> modalities = new LinkedHashMap<>();
        for (String modality : List.of("audio", "text")) {
            modalities.put(
                    modality,
                    new ModalityConfiguration(
                            List.of(),
                            List.of(),
                            1,
                            100,
                            List.of(),
                            List.of(new Component<Encoder>("mean", 1, "{}", encoder)),
                            ModalityConfiguration.Join.CONCAT,
                            dropout,
                            modality.equals("text") ? ownLabelsOfText : LABELS));
        }
        KemoConfiguration configuration = new KemoConfiguration(
                1,
                new LabelsConfiguration(LABELS, Map.of("text", alignment)),
                modalities,
                Optional.of(new Component<>("tried", 1, "{}", strategy)),
                Optional.of(new TrainingConfiguration(
                        new Component<TrainingEngine>(
                                "torch", 1, "{}", new TorchEngine(new Libtorch(1), "cpu", MatrixPrecision.FLOAT32)),
                        List.of(stages))));
        return new ModelTraining(
                        ResolvedConfiguration.ofCode(configuration),
                        new ModelAssembly(configuration, new AudioReader()),
                        TrainingData.asConfigured(),
                        new FileFeatureCache(folder.resolve("cache")),
                        new Semaphore(8),
                        Optional.empty(),
                        Duration.ofMinutes(checkpointMinutes),
                        progress)
                .run(folder.resolve(model), "test", build, any -> plugins);
    }

    private static StageConfiguration stage(String name, List<String> modalities, boolean fusion) {
        return stage(name, modalities, fusion, 0, 0);
    }

    private static StageConfiguration stage(
            String name, List<String> modalities, boolean fusion, int patience, double mixup) {
        return stage(name, modalities, fusion, patience, mixup, 0.05);
    }

    private static StageConfiguration stage(
            String name, List<String> modalities, boolean fusion, int patience, double mixup, double pretrainedRate) {
        return stage(name, modalities, fusion, patience, mixup, pretrainedRate, FusionStageTest::utterances);
    }

    private static StageConfiguration stage(
            String name,
            List<String> modalities,
            boolean fusion,
            int patience,
            double mixup,
            double pretrainedRate,
            DatasetReader data) {
        return new StageConfiguration(
                name,
                modalities,
                fusion,
                new Component<DatasetReader>("made", 1, "{}", data),
                Optional.empty(),
                0,
                StageConfiguration.Grouping.UTTERANCE,
                5,
                patience,
                2,
                0.02,
                pretrainedRate,
                0,
                StageConfiguration.Schedule.CONSTANT,
                Optimizer.adamW(),
                patience > 0 ? 0 : 0.5,
                0,
                StageConfiguration.ClassWeights.NONE,
                StageConfiguration.Sampling.NONE,
                new AugmentationConfiguration(List.of(), mixup, 0.5, 0, 0, 1, 0, 1, 0));
    }

    private static Dataset utterances() {
        SplittableRandom random = new SplittableRandom(1);
        List<Utterance> utterances = new ArrayList<>();
        String all = TRAINING + VALIDATION;
        for (int i = 0; i < all.length(); i++) {
            Map<Modality, Source> sources = new LinkedHashMap<>();
            for (String modality : List.of("audio", "text")) {
                float[] values = {(float) random.nextGaussian(), (float) random.nextGaussian()};
                sources.put(Modality.of(modality), new Source.Features(FloatTensor.of(values, 1, 2)));
            }
            utterances.add(new Utterance(
                    "u" + i,
                    sources,
                    Optional.of(all.charAt(i) == 'h' ? "happy" : "sad"),
                    Optional.empty(),
                    i < TRAINING.length() ? Split.TRAIN : Split.VALIDATION));
        }
        return new Dataset("made", utterances, List.of(), List.of());
    }

    private OnnxMl.GraphProto graph() throws IOException {
        return OnnxMl.ModelProto.parseFrom(
                        Files.readAllBytes(folder.resolve(model).resolve("network.onnx")))
                .getGraph();
    }

    private float[] numbers(String parameter) throws IOException {
        OnnxMl.TensorProto tensor = graph().getInitializerList().stream()
                .filter(each -> each.getName().equals(parameter))
                .findFirst()
                .orElseThrow();
        FloatBuffer values = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] numbers = new float[values.remaining()];
        values.get(numbers);
        return numbers;
    }

    /** The mean over real steps. */
    private static final class MeanEncoder implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }

    /** The mean over real steps, and a number that was trained elsewhere added to it. */
    private record ShiftedEncoder(String published) implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T shift = ops.parameter("shift", Shape.of(1), Initializer.constant(0));
            return new Encoded<>(input, ops.add(ops.maskedMean(input.values(), input.mask()), shift));
        }

        @Override
        public Map<String, FloatTensor> pretrained() {
            return Map.of(published, FloatTensor.of(new float[] {PUBLISHED}, 1));
        }
    }

    /** The mean over real steps, and the largest of the first feature over the training data added to it. */
    private record LargestAddedEncoder(String fitted) implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T largest = ops.parameter("largest", Shape.of(1), Initializer.constant(0));
            return new Encoded<>(input, ops.add(ops.maskedMean(input.values(), input.mask()), largest));
        }

        @Override
        public Map<String, FloatTensor> fit(List<Tensor> training) {
            float largest = Float.NEGATIVE_INFINITY;
            for (Tensor each : training) {
                largest = Math.max(largest, ((FloatTensor) each).at(0, 0));
            }
            return Map.of(fitted, FloatTensor.of(new float[] {largest}, 1));
        }
    }
}
