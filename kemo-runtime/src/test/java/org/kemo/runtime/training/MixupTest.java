package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.model.ModalityNetwork;

/** Two rows of one feature: the first is 100 at two steps, the second 200 at one step and padded; the training mean is 7. */
class MixupTest {
    private static final ModalityNetwork AUDIO = TestStages.audio(7);
    private static final Map<String, Tensor> INPUTS = Map.of(
            AUDIO.values(), FloatTensor.of(new float[] {100, 100, 200, 0}, 2, 2, 1),
            AUDIO.mask(), FloatTensor.of(new float[] {1, 1, 1, 0}, 2, 2));
    private static final Map<String, Tensor> TARGETS =
            Map.of("audio.target", FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2));

    @Test
    void mixesFeaturesAndTargetsByTheSameShareOfAtLeastHalf() {
        boolean mixed = false;
        for (int seed = 0; seed < 100; seed++) {
            Mixup.Mixed result = mix(0.4, 1, seed);
            FloatTensor target = (FloatTensor) result.targets().get("audio.target");
            FloatTensor values = (FloatTensor) result.inputs().get(AUDIO.values());
            float share = target.at(0, 0);

            assertThat(share).isBetween(0.5f, 1f);
            assertThat(target.values())
                    .containsExactly(new float[] {share, 1 - share, 1 - share, share}, within(1e-6f));
            assertThat(values.at(0, 0, 0)).isCloseTo(100 * share + 200 * (1 - share), within(1e-3f));
            assertThat(values.at(1, 0, 0)).isCloseTo(200 * share + 100 * (1 - share), within(1e-3f));
            mixed |= share < 1;
        }
        assertThat(mixed).isTrue();
    }

    @Test
    void takesTheTrainingMeanBeyondTheEndOfTheOther() {
        boolean mixed = false;
        for (int seed = 0; seed < 100; seed++) {
            Mixup.Mixed result = mix(0.4, 1, seed);
            float share = ((FloatTensor) result.targets().get("audio.target")).at(0, 0);
            if (share < 1) {
                assertThat(((FloatTensor) result.inputs().get(AUDIO.values())).at(0, 1, 0))
                        .isCloseTo(100 * share + 7 * (1 - share), within(1e-3f));
                mixed = true;
            }
            assertThat(result.inputs().get(AUDIO.mask())).isEqualTo(INPUTS.get(AUDIO.mask()));
        }
        assertThat(mixed).isTrue();
    }

    @Test
    void leavesAnExampleAndItsTargetsAsTheyAreWhereTheOtherHasNoneOfItsModalities() {
        Map<String, Tensor> inputs = Map.of(
                AUDIO.values(), FloatTensor.of(new float[] {100, 100, 0, 0}, 2, 2, 1),
                AUDIO.mask(), FloatTensor.of(new float[] {1, 1, 0, 0}, 2, 2));
        Map<String, Tensor> targets = Map.of(
                "audio.target", FloatTensor.of(new float[] {1, 0, 0, 0}, 2, 2),
                "target", FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2));
        for (int seed = 0; seed < 100; seed++) {
            Mixup.Mixed result = new Mixup(0.4, 1).mix(List.of(AUDIO), inputs, targets, new SplittableRandom(seed));

            FloatTensor values = (FloatTensor) result.inputs().get(AUDIO.values());
            assertThat(new float[] {values.at(0, 0, 0), values.at(0, 1, 0)}).containsExactly(100, 100);
            assertThat(result.targets()).isEqualTo(targets);
        }
    }

    @Test
    void mixesTheTargetOfTheStrategyWhereOneModalityIsMixed() {
        ModalityNetwork video = TestStages.features("video", 7);
        Map<String, Tensor> inputs = Map.of(
                AUDIO.values(), INPUTS.get(AUDIO.values()),
                AUDIO.mask(), INPUTS.get(AUDIO.mask()),
                video.values(), FloatTensor.of(new float[] {4, 0}, 2, 1, 1),
                video.mask(), FloatTensor.of(new float[] {1, 0}, 2, 1));
        Map<String, Tensor> targets = Map.of(
                "video.target", FloatTensor.of(new float[] {1, 0, 0, 0}, 2, 2),
                "target", FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2));
        boolean mixed = false;
        for (int seed = 0; seed < 100; seed++) {
            Mixup.Mixed result =
                    new Mixup(0.4, 1).mix(List.of(AUDIO, video), inputs, targets, new SplittableRandom(seed));

            float share = ((FloatTensor) result.targets().get("target")).at(0, 0);
            assertThat(((FloatTensor) result.inputs().get(AUDIO.values())).at(0, 0, 0))
                    .isCloseTo(100 * share + 200 * (1 - share), within(1e-3f));
            assertThat(((FloatTensor) result.inputs().get(video.values())).at(0, 0, 0))
                    .isEqualTo(4);
            assertThat(result.targets().get("video.target")).isEqualTo(targets.get("video.target"));
            mixed |= share < 1;
        }
        assertThat(mixed).isTrue();
    }

    @Test
    void givesTheSameForTheSameSeed() {
        assertThat(mix(0.4, 0.5, 3)).isEqualTo(mix(0.4, 0.5, 3));
        assertThat(mix(0.4, 1, 3)).isNotEqualTo(mix(0.4, 1, 5));
    }

    @Test
    void mixesThatShareOfTheBatches() {
        SplittableRandom random = new SplittableRandom(1);
        int mixed = 0;
        for (int i = 0; i < 1000; i++) {
            if (new Mixup(0.4, 0.3).mix(List.of(AUDIO), INPUTS, TARGETS, random).inputs() != INPUTS) {
                mixed++;
            }
        }

        assertThat(mixed).isBetween(250, 350);
    }

    @Test
    void drawsSharesOfTheBetaDistributionWhateverItsAlpha() {
        // The mean of max(l, 1 - l) with l from Beta(a, a) is scipy.stats.beta(a + 1, a).sf(0.5), scipy 1.17.1.
        assertThat(meanShare(0.001)).isCloseTo(0.9993, within(0.001));
        assertThat(meanShare(0.2)).isCloseTo(0.8988, within(0.005));
        assertThat(meanShare(1)).isCloseTo(0.75, within(0.005));
        assertThat(meanShare(32)).isCloseTo(0.5497, within(0.005));
    }

    @Test
    void leavesABatchWithIdsAsItIs() {
        ModalityNetwork text = TestStages.text(1);
        Map<String, Tensor> inputs = Map.of(
                AUDIO.values(), INPUTS.get(AUDIO.values()),
                AUDIO.mask(), INPUTS.get(AUDIO.mask()),
                text.values(), LongTensor.of(new long[] {1, 2}, 2, 1, 1),
                text.mask(), FloatTensor.of(new float[] {1, 1}, 2, 1));
        Mixup.Mixed mixed = new Mixup(0.4, 1).mix(List.of(AUDIO, text), inputs, TARGETS, new SplittableRandom(1));

        assertThat(mixed.inputs()).isSameAs(inputs);
        assertThat(mixed.targets()).isSameAs(TARGETS);
    }

    private static Mixup.Mixed mix(double alpha, double rate, long seed) {
        return new Mixup(alpha, rate).mix(List.of(AUDIO), INPUTS, TARGETS, new SplittableRandom(seed));
    }

    /** The padding of an utterance that is its own partner holds 1 - share of the training mean, which is 1. */
    private static double meanShare(double alpha) {
        ModalityNetwork audio = TestStages.audio(1);
        Map<String, Tensor> inputs = Map.of(
                audio.values(), FloatTensor.zeros(1, 2, 1),
                audio.mask(), FloatTensor.of(new float[] {1, 0}, 1, 2));
        SplittableRandom random = new SplittableRandom(1);
        int draws = 20_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            Mixup.Mixed mixed = new Mixup(alpha, 1).mix(List.of(audio), inputs, Map.of(), random);
            sum += 1 - ((FloatTensor) mixed.inputs().get(audio.values())).at(0, 1, 0);
        }
        return sum / draws;
    }
}
