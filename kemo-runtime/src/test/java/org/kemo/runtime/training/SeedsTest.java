package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void giveNoTwoStepsOfAnyRunTheSameNumbersNotEvenShifted() {
        Set<Long> drawn = new HashSet<>();
        int steps = 0;
        for (long seed = 0; seed < 10; seed++) {
            for (int epoch = 0; epoch < 40; epoch++) {
                for (int step = 0; step < 20; step++) {
                    SplittableRandom random = new SplittableRandom(Seeds.of(seed, epoch, step));
                    for (int i = 0; i < 20; i++) {
                        drawn.add(random.nextLong());
                    }
                    steps++;
                }
            }
        }

        assertThat(drawn).hasSize(steps * 20);
    }

    @Test
    void dependOnTheOrderOfTheNumbers() {
        assertThat(Seeds.of(1, 2, 3))
                .isEqualTo(Seeds.of(1, 2, 3))
                .isNotEqualTo(Seeds.of(1, 3, 2))
                .isNotEqualTo(Seeds.of(2, 1, 3));
    }
}
