package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;
import org.kemo.api.testkit.FusionStrategyContract;

/** The kit has to find each mistake that it is there for, and say what to look for. */
final class FusionStrategyContractTest {
    @Test
    void findsAnAnswerThatIsNoDistribution() {
        assertThatThrownBy(() -> contract(new FusionStrategy() {
                            @Override
                            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                                return Fused.of(ops.add(
                                        in.get("audio").probabilities(),
                                        in.get("text").probabilities()));
                            }
                        })
                        .answersAreProbabilities())
                .hasMessageContaining("The strategy answers with numbers that are no probabilities")
                .hasMessageContaining("[2.0000");
    }

    @Test
    void findsASequenceThatIsReadWhereItIsMissing() {
        assertThatThrownBy(() -> contract(new FusionStrategy() {
                            @Override
                            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                                ModalityView<T> audio = in.get("audio");
                                T first = ops.sum(
                                        ops.slice(ops.max(audio.sequence().values(), 1), 1, 0, 1), -1);
                                T lambda = ops.expand(ops.sigmoid(first), -1);
                                return mixture(ops, in, lambda);
                            }
                        })
                        .aMissingModalityDoesNotReachTheAnswer())
                .hasMessageContaining("by what stands in the sequence of [audio] though that is missing");
    }

    @Test
    void findsAWeightForWhatIsNotThere() {
        assertThatThrownBy(() -> contract(new FusionStrategy() {
                            @Override
                            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                                T presence = in.get("audio").presence();
                                T half = ops.add(ops.multiply(presence, ops.constant(0)), ops.constant(0.5));
                                return mixture(ops, in, half)
                                        .weight(in.get("audio").modality(), half);
                            }
                        })
                        .aMissingModalityDoesNotReachTheAnswer())
                .hasMessageContaining("gives [audio] the weight [0.5000] where it is missing");
    }

    @Test
    void findsAnAnswerToZerosThatIsNoNumber() {
        assertThatThrownBy(() -> contract(new FusionStrategy() {
                            @Override
                            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                                T a = ops.max(in.get("audio").pooled(), -1);
                                T square = ops.multiply(a, a);
                                return mixture(ops, in, ops.expand(ops.divide(square, square), -1));
                            }
                        })
                        .anUtteranceOfZerosGetsAnAnswer())
                .hasMessageContaining("no probabilities: they add up to [NaN]");
    }

    @Test
    void findsADiagnosticThatIsNotForEachUtterance() {
        assertThatThrownBy(() -> contract(new FusionStrategy() {
                            @Override
                            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                                return Fused.of(in.get("text").probabilities())
                                        .with("loudest", ops.max(in.get("audio").pooled(), 0));
                            }
                        })
                        .diagnosticsAreForEachUtterance())
                .hasMessageContaining("shows the [diagnostic/loudest] of the shape [4]");
    }

    @Test
    void findsAWeightAboveOne() {
        assertThatThrownBy(() -> contract(new FusionStrategy() {
                            @Override
                            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                                T three = ops.multiply(in.get("text").presence(), ops.constant(3));
                                return Fused.of(in.get("text").probabilities())
                                        .weight(in.get("text").modality(), three);
                            }
                        })
                        .weightsAreBetweenZeroAndOne())
                .hasMessageContaining("gives the [weight/text] of [3.0000]");
    }

    private static <T> Fused<T> mixture(Ops<T> ops, Modalities<T> in, T lambda) {
        T other = ops.subtract(ops.constant(1), lambda);
        return Fused.of(ops.add(
                ops.multiply(lambda, in.get("audio").probabilities()),
                ops.multiply(other, in.get("text").probabilities())));
    }

    private static FusionStrategyContract contract(FusionStrategy strategy) {
        return new FusionStrategyContract() {
            @Override
            protected FusionStrategy strategy() {
                return strategy;
            }
        };
    }
}
