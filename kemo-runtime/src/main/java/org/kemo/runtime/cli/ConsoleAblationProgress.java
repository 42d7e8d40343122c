package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.kemo.runtime.ablation.AblationProgress;

/** The progress of an ablation on standard error: a bar where a person looks on, else a line for each trial. */
final class ConsoleAblationProgress implements AblationProgress {
    private final PrintWriter lines;
    private final boolean person = Boolean.getBoolean("kemo.terminal");
    private Optional<ProgressBar> bar = Optional.empty();
    private int cells;
    private int done;

    ConsoleAblationProgress(PrintWriter lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void begins(int count) {
        cells = count;
        if (person) {
            bar = Optional.of(new ProgressBarBuilder()
                    .setTaskName("ablate")
                    .setInitialMax(count)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build());
        } else {
            lines.printf("ablate: %d trials%n", count);
            lines.flush();
        }
    }

    @Override
    public synchronized void found(String variant) {
        step(variant + ": was finished before");
    }

    @Override
    public synchronized void finished(String variant, long seed, int fold, double accuracy) {
        step(String.format(Locale.ROOT, "%s, seed %d, fold %d: accuracy %.2f %%", variant, seed, fold, 100 * accuracy));
    }

    @Override
    public synchronized void failed(String variant, long seed, int fold, Throwable cause) {
        step(String.format(Locale.ROOT, "%s, seed %d, fold %d: %s", variant, seed, fold, cause.getMessage()));
    }

    private void step(String line) {
        done++;
        bar.ifPresentOrElse(
                shown -> {
                    shown.step();
                    shown.setExtraMessage(" " + line);
                    if (done == cells) {
                        shown.close();
                    }
                },
                () -> {
                    lines.printf("%d/%d %s%n", done, cells, line);
                    lines.flush();
                });
    }
}
