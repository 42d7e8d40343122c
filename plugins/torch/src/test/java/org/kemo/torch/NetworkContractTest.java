package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;
import org.kemo.api.testkit.EncoderContract;
import org.kemo.api.testkit.NetworkContract;
import org.kemo.api.testkit.TextEncoderContract;

/** The kit has to find each mistake that it is there for, and say what to look for. */
final class NetworkContractTest {
    @Test
    void findsANormOverTheBatch() {
        assertThatThrownBy(() -> contract(new FrameNetwork() {
                            @Override
                            <T> T answer(Ops<T> ops, T frames, T mask) {
                                T mean = ops.maskedMean(frames, mask);
                                return ops.subtract(mean, ops.expand(ops.max(mean, 0), 0));
                            }
                        })
                        .anUtteranceDoesNotDependOnItsBatchMates())
                .hasMessageContaining("answers [y] differently for an utterance alone")
                .hasMessageContaining("along the batch");
    }

    @Test
    void findsASumOverPadding() {
        assertThatThrownBy(() -> contract(new FrameNetwork() {
                            @Override
                            <T> T answer(Ops<T> ops, T frames, T mask) {
                                return ops.sum(frames, 1);
                            }
                        })
                        .paddingDoesNotReachTheAnswer())
                .hasMessageContaining("padded by 7 more steps")
                .hasMessageContaining("maskedMean");
    }

    @Test
    void findsAGradientThatIsStopped() {
        assertThatThrownBy(() -> contract(new FrameNetwork() {
                            @Override
                            <T> T answer(Ops<T> ops, T frames, T mask) {
                                T mean = ops.maskedMean(frames, mask);
                                T weight = ops.parameter("weight", Shape.of(3, 2), Initializer.glorot());
                                return ops.matmul(mean, ops.multiply(weight, ops.stopGradient(weight)));
                            }
                        })
                        .gradientsAgreeWithDifferences())
                .hasMessageContaining("The gradient of the parameter [weight] is wrong on the backend [torch]");
    }

    /** Four of forty entries are 0 and should not be. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsAGradientThatIsStoppedInPart(long seed) {
        Network network = new FrameNetwork() {
            @Override
            <T> T answer(Ops<T> ops, T frames, T mask) {
                T weight = ops.parameter("weight", Shape.of(20, 2), Initializer.glorot());
                T stopped = ops.stopGradient(ops.slice(weight, 0, 0, 2));
                T whole = ops.concat(0, List.of(stopped, ops.slice(weight, 0, 2, 20)));
                return ops.matmul(ops.tanh(ops.linear("in", ops.maskedMean(frames, mask), 20)), whole);
            }
        };
        assertThatThrownBy(() -> contract(network, seed).gradientsAgreeWithDifferences())
                .hasMessageContaining("The gradient of the parameter [weight] is wrong on the backend [torch]");
    }

    /** Closer to a bend than any step is long, where a difference over both sides is the mean of two slopes. */
    @Test
    void takesTheSlopeOfOneSideForRightNextToABend() {
        contract(new FrameNetwork() {
                    @Override
                    <T> T answer(Ops<T> ops, T frames, T mask) {
                        T weight = ops.parameter("weight", Shape.of(1), Initializer.constant(1));
                        T bent = ops.relu(ops.subtract(weight, ops.constant(1 - 1e-4)));
                        return ops.add(ops.multiply(ops.maskedMean(frames, mask), ops.constant(0)), bent);
                    }
                })
                .gradientsAgreeWithDifferences();
    }

    @Test
    void findsASlopeThatIsNoNumberWhereAnUtteranceHasNoSteps() {
        EncoderContract deviations = contract(new Deviations());
        deviations.anUtteranceWithoutStepsGetsAVector();
        assertThatThrownBy(deviations::gradientsAgreeWithDifferences)
                .hasMessageContaining("The encoder gives the gradient of [encoder/in/")
                .hasMessageContaining("the value [NaN] on [torch]")
                .hasMessageContaining("also where a modality or all steps are missing");
    }

    /** The standard deviations of the steps, which are 0 where there is no step. */
    private static final class Deviations implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T steps = ops.linear("in", input.values(), 4);
            T mean = ops.maskedMean(steps, input.mask());
            T centred = ops.subtract(steps, ops.expand(mean, 1));
            T variance = ops.maskedMean(ops.multiply(centred, centred), input.mask());
            return new Encoded<>(new Sequence<>(steps, input.mask()), ops.sqrt(variance));
        }
    }

    @Test
    void findsAMaskOfAnotherShape() {
        assertThatThrownBy(() -> contract(new EightSteps() {
                            @Override
                            <T> T mask(Ops<T> ops, T steps) {
                                return ops.max(ops.max(steps, -1), 0);
                            }
                        })
                        .sequenceAndVectorAreOfOneWidth())
                .hasMessageContaining("the shape of the mask of the sequence")
                .hasMessageContaining("[N, 8]");
    }

    @Test
    void findsAMaskThatIsNeitherZeroNorOne() {
        assertThatThrownBy(() -> contract(new EightSteps() {
                            @Override
                            <T> T mask(Ops<T> ops, T steps) {
                                return ops.add(ones(ops, steps), ops.constant(1));
                            }
                        })
                        .theMaskTellsStepsFromPadding())
                .hasMessageContaining("The encoder gives a mask of the sequence that holds [2.0]");
    }

    @Test
    void findsAMaskThatTakesPaddingForSteps() {
        NetworkEncoder unmasked = new NetworkEncoder() {
            @Override
            public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                T mask = ops.add(ops.multiply(input.mask(), ops.constant(0)), ops.constant(1));
                return new Encoded<>(
                        new Sequence<>(input.values(), mask), ops.maskedMean(input.values(), input.mask()));
            }
        };

        assertThatThrownBy(() -> contract(unmasked).theMaskTellsStepsFromPadding())
                .hasMessageContaining("for real. Give the mask that came in, or one made of it.");
    }

    @Test
    void takesAParameterOfAnEncoderThatIsCalledAsWhatItReads() {
        contract(new NetworkEncoder() {
                    @Override
                    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                        T learned = ops.parameter("mask", Shape.of(1), Initializer.constant(1));
                        T steps = ops.multiply(input.values(), learned);
                        return new Encoded<>(new Sequence<>(steps, input.mask()), ops.maskedMean(steps, input.mask()));
                    }
                })
                .backendsAgree();
    }

    @Test
    void takesAnEncoderThatGivesStepsOfItsOwn() {
        EncoderContract contract = contract(new EightSteps() {
            @Override
            <T> T mask(Ops<T> ops, T steps) {
                return ones(ops, steps);
            }
        });

        contract.sequenceAndVectorAreOfOneWidth();
        contract.theMaskTellsStepsFromPadding();
        contract.backendsAgree();
    }

    /** Eight steps, whatever it reads: each a number times the mean. */
    private abstract static class EightSteps implements NetworkEncoder {
        @Override
        public final <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T mean = ops.maskedMean(input.values(), input.mask());
            T numbers = ops.parameter("numbers", Shape.of(8, 1), Initializer.uniform(1));
            T steps = ops.multiply(ops.expand(mean, 1), numbers);
            return new Encoded<>(new Sequence<>(steps, mask(ops, steps)), mean);
        }

        abstract <T> T mask(Ops<T> ops, T steps);

        /** One for each step, [N, 8]. */
        static <T> T ones(Ops<T> ops, T steps) {
            return ops.add(ops.multiply(ops.sum(steps, -1), ops.constant(0)), ops.constant(1));
        }
    }

    @Test
    void findsIdsOfStrangeTextsThatAreNoRowsOfTheTable() {
        assertThatThrownBy(() -> contract(new Letters(-1)).takesAnyText())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The encoder gives the text [\ud83d\ude00 ok] the id [-1]. Ids are 0 and above.");
        assertThatThrownBy(() -> contract(new Letters(Letters.ROWS)).takesAnyText())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The encoder cannot encode the text [\ud83d\ude00 ok]: ")
                .hasMessageContaining("Its ids have to be rows of each table");
        contract(new Letters(0)).takesAnyText();
    }

    /** A row for each letter from a to z, and an id for whatever else stands in a text. */
    private record Letters(long other) implements TextNetworkEncoder {
        static final int ROWS = 27;

        @Override
        public int width() {
            return 1;
        }

        @Override
        public LongTensor tokenize(String text) {
            long[] ids = text.strip()
                    .codePoints()
                    .limit(10)
                    .mapToLong(letter -> letter >= 'a' && letter <= 'z' ? 1 + letter - 'a' : other)
                    .toArray();
            return LongTensor.of(ids, ids.length, 1);
        }

        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T table = ops.parameter("table", Shape.of(ROWS, 2), Initializer.normal(1));
            T steps = ops.sum(ops.gather(table, input.values()), -2);
            return new Encoded<>(new Sequence<>(steps, input.mask()), ops.maskedMean(steps, input.mask()));
        }
    }

    private static TextEncoderContract contract(TextNetworkEncoder encoder) {
        return new TextEncoderContract() {
            @Override
            protected TextNetworkEncoder encoder() {
                return encoder;
            }
        };
    }

    @Test
    void leavesWhatAnEncoderTakesFromTheTrainingDataAsItIs() {
        FloatTensor number = FloatTensor.zeros(1);
        EncoderContract contract = contract(new AboveThreshold(Map.of("threshold", number), Map.of("shift", number)));

        contract.everyParameterIsUsed();
        contract.gradientsAgreeWithDifferences();
        contract.fittedAndPretrainedValuesAreParameters();
    }

    @Test
    void findsValuesThatAreNoneOfTheParametersOfAnEncoder() {
        FloatTensor number = FloatTensor.zeros(1);
        Map<String, FloatTensor> threshold = Map.of("threshold", number);

        assertThatThrownBy(() -> contract(new AboveThreshold(Map.of("least", number), Map.of()))
                        .fittedAndPretrainedValuesAreParameters())
                .hasMessageContaining(
                        "The encoder fits a value of the shape [1] for [encoder/least], and its parameters are {")
                .hasMessageContaining("Give values of parameters that encode asks for");
        assertThatThrownBy(() -> contract(new AboveThreshold(threshold, Map.of("offset", number)))
                        .fittedAndPretrainedValuesAreParameters())
                .hasMessageContaining("The encoder brings along a value of the shape [1] for [encoder/offset]");
        assertThatThrownBy(() -> contract(new AboveThreshold(threshold, Map.of("shift", FloatTensor.zeros(2))))
                        .fittedAndPretrainedValuesAreParameters())
                .hasMessageContaining("The encoder brings along a value of the shape [2] for [encoder/shift]");
    }

    /** The mean of the steps whose first feature is above a threshold. */
    private record AboveThreshold(Map<String, FloatTensor> fitted, Map<String, FloatTensor> pretrained)
            implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T threshold = ops.parameter("threshold", Shape.of(1), Initializer.constant(0));
            T shift = ops.parameter("shift", Shape.of(1), Initializer.constant(0));
            T above = ops.isPositive(ops.subtract(ops.slice(input.values(), -1, 0, 1), threshold));
            T steps = ops.multiply(ops.add(input.values(), shift), above);
            return new Encoded<>(new Sequence<>(steps, input.mask()), ops.maskedMean(steps, input.mask()));
        }

        @Override
        public Map<String, FloatTensor> fit(List<Tensor> training) {
            return fitted;
        }
    }

    @Test
    void findsAParameterThatIsCarriedAlong() {
        assertThatThrownBy(() -> contract(new FrameNetwork() {
                            @Override
                            <T> T answer(Ops<T> ops, T frames, T mask) {
                                T mean = ops.maskedMean(frames, mask);
                                // Nothing is left of what is multiplied by 0.
                                T scores = ops.add(
                                        ops.linear("used", mean, 2),
                                        ops.parameter("idle", Shape.of(1), Initializer.constant(1)));
                                return ops.softmax(ops.multiply(scores, ops.constant(0)), -1);
                            }
                        })
                        .everyParameterIsUsed())
                .hasMessageContaining("never learns the parameters [idle, used/bias, used/weight]");
    }

    /** Beside that of the other layer its gradient is less than rounding leaves, and a gradient all the same. */
    @Test
    void takesAParameterWhoseGradientIsSmall() {
        contract(new FrameNetwork() {
                    @Override
                    <T> T answer(Ops<T> ops, T frames, T mask) {
                        T mean = ops.maskedMean(frames, mask);
                        T faint = ops.multiply(ops.tanh(ops.linear("faint", mean, 2)), ops.constant(1e-9));
                        return ops.add(ops.linear("strong", mean, 2), faint);
                    }
                })
                .everyParameterIsUsed();
    }

    @Test
    void findsRandomNumbers() {
        assertThatThrownBy(() -> contract(new FrameNetwork() {
                            private final SplittableRandom random = new SplittableRandom(1);

                            @Override
                            <T> T answer(Ops<T> ops, T frames, T mask) {
                                return ops.multiply(ops.maskedMean(frames, mask), ops.constant(random.nextDouble()));
                            }
                        })
                        .theSameInputGivesTheSameBits())
                .hasMessageContaining("other bits the second time");
    }

    @Test
    void findsAnInitialiserWithAGeneratorOfItsOwn() {
        assertThatThrownBy(() -> contract(new FrameNetwork() {
                            private final SplittableRandom random = new SplittableRandom(1);

                            @Override
                            <T> T answer(Ops<T> ops, T frames, T mask) {
                                Initializer own = (values, shape, given) -> values[0] = (float) random.nextDouble();
                                return ops.multiply(ops.maskedMean(frames, mask), ops.parameter("p", Shape.of(3), own));
                            }
                        })
                        .theSameInputGivesTheSameBits())
                .hasMessageContaining("begins with other parameters the second time");
    }

    private static EncoderContract contract(NetworkEncoder encoder) {
        return new EncoderContract() {
            @Override
            protected NetworkEncoder encoder() {
                return encoder;
            }
        };
    }

    private static NetworkContract contract(Network network) {
        return contract(network, 1);
    }

    private static NetworkContract contract(Network network, long seed) {
        return new NetworkContract() {
            @Override
            protected Network network() {
                return network;
            }

            @Override
            protected long seed() {
                return seed;
            }
        };
    }

    /** Frames of three features and an answer. */
    private abstract static class FrameNetwork implements Network {
        @Override
        public final List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("T"));
            return List.of(
                    new Input("frames", ElementType.FLOAT, steps.with(3)), new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public final <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", answer(ops, inputs.get("frames"), inputs.get("mask")));
        }

        abstract <T> T answer(Ops<T> ops, T frames, T mask);
    }
}
