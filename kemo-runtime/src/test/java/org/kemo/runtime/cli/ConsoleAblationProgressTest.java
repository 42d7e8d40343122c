package org.kemo.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleAblationProgressTest {
    private final AtomicLong seconds = new AtomicLong();
    private final StringWriter said = new StringWriter();
    private final ConsoleAblationProgress progress =
            new ConsoleAblationProgress(new PrintWriter(said), () -> TimeUnit.SECONDS.toNanos(seconds.get()));

    @Test
    void saysHowFarPreparationAndTrainingAreOnlyWhereNothingElseWasSaidForAWhile() {
        progress.begins(2);
        progress.prepared("words", 1, 100, 200);
        seconds.set(29);
        progress.prepared("words", 1, 101, 200);
        assertThat(said.toString().lines()).containsExactly("ablate: 2 trials");

        seconds.set(30);
        progress.prepared("words", 1, 102, 200);
        progress.prepared("words", 1, 103, 200);
        seconds.set(50);
        progress.finished("words", 1, 0, 0.5);
        seconds.set(70);
        progress.prepared("sound", 1, 5, 9);
        seconds.set(80);
        progress.stepped("sound", 1, "audio", 3, 500);
        progress.stepped("sound", 1, "audio", 4, 500);

        assertThat(said.toString().lines())
                .containsExactly(
                        "ablate: 2 trials",
                        "words, seed 1: 102 of 200 prepared",
                        "1/2 words, seed 1, fold 0: accuracy 50.00 %",
                        "sound, seed 1: 3 of 500 steps of audio");
    }
}
