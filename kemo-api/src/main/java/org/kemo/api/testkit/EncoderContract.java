package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

/**
 * What has to hold of every encoder that is a network: all that {@link NetworkContract} asks of a network, that its shapes are those
 * of {@link org.kemo.api.encoder.Encoded}, that an utterance without a step gets a vector, and that what it takes from the training
 * data and what it brings along are values of its parameters. The author of an encoder extends this class and says which encoder it is;
 * one that reads text extends {@link TextEncoderContract}.
 */
// JUnit cannot be required transitively: a plugin would need it to compile.
@SuppressWarnings("exports")
public abstract class EncoderContract {
    private static final int TRAINING = 30;

    /** For authors of encoders. */
    protected EncoderContract() {}

    /** The encoder, small: every parameter is moved several times. */
    protected abstract NetworkEncoder encoder();

    /** The number of features of a frame. */
    protected int width() {
        return 5;
    }

    /** Where parameters and inputs are drawn from; another seed is another test. */
    protected long seed() {
        return 1;
    }

    /** One utterance of random length: frames [T, D], or the ids [L, K] of a text. */
    Tensor steps(NetworkEncoder encoder, RandomGenerator random) {
        FloatTensor frames = FloatTensor.zeros(1 + random.nextInt(9), width());
        for (int i = 0; i < frames.count(); i++) {
            frames.values()[i] = (float) random.nextGaussian();
        }
        return frames;
    }

    /** Whatever the backend, the answer is the same to 1e-5. */
    @Test
    public final void backendsAgree() {
        checks().backendsAgree();
    }

    /** An utterance gets the same answer alone and among others. */
    @Test
    public final void anUtteranceDoesNotDependOnItsBatchMates() {
        checks().anUtteranceDoesNotDependOnItsBatchMates();
    }

    /** More padding, with anything in it, changes nothing. */
    @Test
    public final void paddingDoesNotReachTheAnswer() {
        checks().paddingDoesNotReachTheAnswer();
    }

    /** Derivatives are what differences say, also where an utterance has no step. */
    @Test
    public final void gradientsAgreeWithDifferences() {
        checks().gradientsAgreeWithDifferences(List.of(withoutSteps()));
    }

    /** No parameter is carried along for nothing, as {@link NetworkContract#everyParameterIsUsed} asks. */
    @Test
    public final void everyParameterIsUsed() {
        checks().everyParameterIsUsed();
    }

    /** Nothing in the encoder is random outside training. */
    @Test
    public final void theSameInputGivesTheSameBits() {
        checks().theSameInputGivesTheSameBits();
    }

    /** The sequence is [N, T', d], its mask [N, T'], the vector [N, d]. */
    @Test
    public final void sequenceAndVectorAreOfOneWidth() {
        Map<String, Shape> shapes = checks().shapes();
        Shape sequence = shapes.get(EncoderNetwork.SEQUENCE);
        Shape pooled = shapes.get(EncoderNetwork.POOLED);
        assertThat(sequence.rank()).as("axes of the sequence %s", sequence).isEqualTo(3);
        assertThat(shapes.get(EncoderNetwork.SEQUENCE_MASK))
                .as("the shape of the mask of the sequence")
                .isEqualTo(sequence.drop(2));
        assertThat(pooled)
                .as("the shape of the vector")
                .isEqualTo(Shape.of(Dimension.BATCH).with(sequence.size(2)));
    }

    /** A modality that is missing is a row without steps, and it does not spoil the others. */
    @Test
    public final void anUtteranceWithoutStepsGetsAVector() {
        NetworkChecks checks = checks();
        SplittableRandom random = new SplittableRandom(seed());
        List<Map<String, Tensor>> batch = checks.draw(1, random);
        batch.add(withoutSteps());
        for (Map<String, FloatTensor> outputs : checks.run(batch, random)) {
            for (float value : outputs.get(EncoderNetwork.POOLED).values()) {
                if (!Float.isFinite(value)) {
                    checks.failWith(
                            "gives the vector [%f] for an utterance without steps. Divide by no count that can be 0.",
                            value);
                }
            }
        }
    }

    /** The mask of the sequence is 1 for real steps and 0 for padding; as many steps of an encoder's own, whatever it reads, may all be real. */
    @Test
    public final void theMaskTellsStepsFromPadding() {
        NetworkChecks checks = checks();
        SplittableRandom random = new SplittableRandom(seed());
        List<Map<String, Tensor>> batch = checks.draw(3, random);
        boolean itsOwn =
                !checks.shapes().get(EncoderNetwork.SEQUENCE).dimension(1).equals(EncoderNetwork.LENGTH);
        for (Map<String, FloatTensor> outputs : checks.run(batch, random)) {
            FloatTensor mask = outputs.get(EncoderNetwork.SEQUENCE_MASK);
            for (float value : mask.values()) {
                if (value != 0 && value != 1) {
                    checks.failWith(
                            "gives a mask of the sequence that holds [%s]. It is 1 for real steps and 0 for padding.",
                            value);
                }
            }
            for (int n = 0; !itsOwn && n < batch.size(); n++) {
                int steps = batch.get(n).get(EncoderNetwork.STEPS).size(0);
                for (int step = steps; step < mask.size(1); step++) {
                    if (mask.at(n, step) != 0) {
                        checks.failWith(
                                "takes step [%d] of an utterance of [%d] steps for real. Give the mask that came in, or one made of it.",
                                step, steps);
                    }
                }
            }
        }
    }

    /** What the encoder takes from the training data, the same every time, and what it brings along are values of its parameters. */
    @Test
    public final void fittedAndPretrainedValuesAreParameters() {
        NetworkEncoder encoder = encoder();
        NetworkChecks checks = checks();
        Map<String, FloatTensor> fitted = fitted(encoder);
        requireParameters(checks, "fits", fitted);
        requireParameters(checks, "brings along", encoder.pretrained());
        if (!fitted.equals(fitted(encoder))) {
            checks.failWith("fits other values to the same data the second time. It must not draw random numbers.");
        }
    }

    private static void requireParameters(NetworkChecks checks, String does, Map<String, FloatTensor> values) {
        NetworkParameters.scoped(EncoderNetwork.SCOPE, values).forEach((name, value) -> {
            FloatTensor parameter = checks.parameters().get(name);
            if (parameter == null || !Arrays.equals(parameter.shape(), value.shape())) {
                checks.failWith(
                        "%s a value of the shape %s for [%s], and its parameters are %s. Give values of parameters that encode asks"
                                + " for, in their shapes.",
                        does, Arrays.toString(value.shape()), name, checks.parameters());
            }
        });
    }

    NetworkChecks checks() {
        NetworkEncoder encoder = encoder();
        EncoderNetwork network = encoder instanceof TextNetworkEncoder text
                ? new EncoderNetwork(encoder, ElementType.LONG, text.width())
                : new EncoderNetwork(encoder, ElementType.FLOAT, width());
        return new NetworkChecks(
                "The encoder",
                network,
                network,
                NetworkParameters.scoped(EncoderNetwork.SCOPE, fitted(encoder)),
                random -> utterance(steps(encoder, random)),
                seed());
    }

    /** What the encoder takes from random training utterances. */
    private Map<String, FloatTensor> fitted(NetworkEncoder encoder) {
        SplittableRandom random = new SplittableRandom(seed());
        List<Tensor> training = new ArrayList<>();
        for (int i = 0; i < TRAINING; i++) {
            training.add(steps(encoder, random));
        }
        return encoder.fit(training);
    }

    private Map<String, Tensor> withoutSteps() {
        return utterance(
                encoder() instanceof TextNetworkEncoder text
                        ? LongTensor.zeros(0, text.width())
                        : FloatTensor.zeros(0, width()));
    }

    static Map<String, Tensor> utterance(Tensor steps) {
        return Map.of(EncoderNetwork.STEPS, steps, EncoderNetwork.MASK, NetworkContract.ones(steps.size(0)));
    }
}
