package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.runtime.configuration.AugmentationConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.pipeline.ModalityInput;

class AugmenterTest {
    private static final ModalityNetwork AUDIO = TestStages.audio(10, 20, 30, 40);
    private static final ModalityNetwork TEXT = TestStages.text(2);

    @Test
    void masksAtMostThatManyFramesSideBySideByTheMean() {
        for (int seed = 0; seed < 200; seed++) {
            FloatTensor masked = sound(TestStages.augmentation(0, 1, 0, 0), 8, seed);
            int[] frames = java.util.stream.IntStream.range(0, 8)
                    .filter(t -> masked.at(t, 0) == 10)
                    .toArray();

            assertThat(frames.length).isLessThanOrEqualTo(3);
            if (frames.length > 0) {
                assertThat(frames[frames.length - 1] - frames[0]).isEqualTo(frames.length - 1);
            }
            for (int t = 0; t < 8; t++) {
                float[] row = Arrays.copyOfRange(masked.values(), 4 * t, 4 * t + 4);
                assertThat(row)
                        .isEqualTo(masked.at(t, 0) == 10 ? new float[] {10, 20, 30, 40} : new float[] {1, 1, 1, 1});
            }
        }
    }

    @Test
    void sparesTheOneFrameThatThereIs() {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(sound(TestStages.augmentation(0, 1, 0, 0), 1, seed).values())
                    .containsOnly(1);
            // One mask of at most three frames covers two of three.
            assertThat(sound(TestStages.augmentation(0, 1, 0, 0), 3, seed).values())
                    .contains(1);
        }
    }

    @Test
    void masksAtMostThatManyFeaturesOverAllFrames() {
        for (int seed = 0; seed < 200; seed++) {
            FloatTensor masked = sound(TestStages.augmentation(0, 0, 1, 0), 5, seed);
            int[] features = java.util.stream.IntStream.range(0, 4)
                    .filter(d -> masked.at(0, d) != 1)
                    .toArray();

            assertThat(features.length).isLessThanOrEqualTo(2);
            for (int t = 0; t < 5; t++) {
                for (int d = 0; d < 4; d++) {
                    int feature = d;
                    boolean hidden = Arrays.stream(features).anyMatch(each -> each == feature);
                    assertThat(masked.at(t, d)).isEqualTo(hidden ? 10 * (d + 1) : 1);
                }
            }
        }
    }

    @Test
    void addsNoiseInUnitsOfTheDeviation() {
        FloatTensor noisy = sound(TestStages.augmentation(0.5, 0, 0, 0), 5000, 1);

        // The deviation is 2, so the noise has 1: over 20,000 values its own is within 3 % of that, and its mean within
        // 0.03.
        double mean = 0;
        double square = 0;
        for (float value : noisy.values()) {
            mean += (value - 1) / noisy.count();
            square += (value - 1) * (value - 1) / noisy.count();
        }
        assertThat(mean).isBetween(-0.03, 0.03);
        assertThat(square).isBetween(0.95, 1.05);
    }

    @Test
    void dropsWordsButNeverAllAndKeepsTheirOrder() {
        boolean dropped = false;
        for (int seed = 0; seed < 200; seed++) {
            LongTensor left = words(0.9, seed, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
            int[] shape = left.shape();

            assertThat(shape[0]).isBetween(1, 5);
            assertThat(shape[1]).isEqualTo(2);
            assertThat(left.values()).isSorted();
            for (int step = 0; step < shape[0]; step++) {
                assertThat(left.values()[2 * step]).isEqualTo(left.values()[2 * step + 1]);
            }
            dropped |= shape[0] < 5;
        }
        assertThat(dropped).isTrue();
    }

    @Test
    void countsTheWordsThatAreLeft() {
        for (int seed = 0; seed < 20; seed++) {
            Example augmented = new Augmenter(TestStages.augmentation(0, 0, 0, 0.5))
                    .augment(List.of(TEXT), TestStages.words("clip", 2, 1, 1, 2, 2, 3, 3), new SplittableRandom(seed));
            ModalityInput left = augmented.inputs().get(TestStages.TEXT);

            assertThat(left.cues()).containsEntry(ModalityConfiguration.TOKENS, (float) left.steps());
        }
    }

    @Test
    void sparesTheOneWordThatThereIs() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(words(0.99, seed, 6, 7).values()).containsExactly(6, 7);
        }
    }

    @Test
    void dropsTokensButNeverTheFirstAndTheLastNorAllBetweenThem() {
        boolean dropped = false;
        for (int seed = 0; seed < 200; seed++) {
            FloatTensor left = tokens(0.9, seed, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
            int[] shape = left.shape();

            assertThat(shape[0]).isBetween(3, 5);
            assertThat(shape[1]).isEqualTo(2);
            assertThat(left.values()).isSorted().startsWith(1, 1).endsWith(5, 5);
            for (int step = 0; step < shape[0]; step++) {
                assertThat(left.at(step, 0)).isEqualTo(left.at(step, 1));
            }
            dropped |= shape[0] < 5;
            assertThat(tokens(0.9, seed, 1, 1, 5, 5).values()).containsExactly(1, 1, 5, 5);
        }
        assertThat(dropped).isTrue();
    }

    @Test
    void doesNotWriteToItsInput() {
        float[] values = new float[8 * 4];
        long[] ids = {1, 1, 2, 2, 3, 3};
        SplittableRandom random = new SplittableRandom(1);
        AugmentationConfiguration all = TestStages.augmentation(1, 2, 2, 0.5);
        new Augmenter(all).augment(List.of(AUDIO, TEXT), TestStages.sound("clip", "sad", 8, values), random);
        new Augmenter(all).augment(List.of(AUDIO, TEXT), TestStages.words("clip", 2, ids), random);

        assertThat(values).containsOnly(0);
        assertThat(ids).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test
    void changesNothingWhereNothingIsAskedFor() {
        Example example = TestStages.sound("clip", "sad", 2, 1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(new Augmenter(TestStages.augmentation(0, 0, 0, 0))
                        .augment(List.of(AUDIO), example, new SplittableRandom(1)))
                .isEqualTo(example);
    }

    private static FloatTensor sound(AugmentationConfiguration configuration, int frames, long seed) {
        float[] values = new float[frames * 4];
        Arrays.fill(values, 1);
        Example augmented = new Augmenter(configuration)
                .augment(List.of(AUDIO), TestStages.sound("clip", "sad", frames, values), new SplittableRandom(seed));
        return (FloatTensor) augmented.inputs().get(TestStages.AUDIO).values();
    }

    private static FloatTensor tokens(double dropout, long seed, float... states) {
        Example augmented = new Augmenter(TestStages.augmentation(1, 1, 1, dropout))
                .augment(
                        List.of(TestStages.states(2)),
                        TestStages.features(TestStages.TEXT, "line", "sad", states.length / 2, states),
                        new SplittableRandom(seed));
        return (FloatTensor) augmented.inputs().get(TestStages.TEXT).values();
    }

    private static LongTensor words(double dropout, long seed, long... ids) {
        Example augmented = new Augmenter(TestStages.augmentation(0, 0, 0, dropout))
                .augment(List.of(TEXT), TestStages.words("clip", 2, ids), new SplittableRandom(seed));
        return (LongTensor) augmented.inputs().get(TestStages.TEXT).values();
    }
}
