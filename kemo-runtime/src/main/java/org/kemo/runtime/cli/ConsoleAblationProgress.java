package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import org.kemo.runtime.ablation.AblationProgress;

/**
 * The progress of an ablation on standard error: a bar where a person looks on, else a line for each trial, and how far its preparation or its
 * training is where nothing was said for a while.
 */
final class ConsoleAblationProgress implements AblationProgress {
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(30);

    private final PrintWriter lines;
    private final LongSupplier nanoTime;
    private final boolean person = ConsoleProgress.aPersonLooksOn();
    private Optional<ProgressBar> bar = Optional.empty();
    private int cells;
    private int done;
    private long spoke;

    ConsoleAblationProgress(PrintWriter lines) {
        this(lines, System::nanoTime);
    }

    /** With another clock. */
    ConsoleAblationProgress(PrintWriter lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.spoke = nanoTime.getAsLong();
    }

    @Override
    public synchronized void waits(Path output) {
        say("Another ablation runs in [" + output + "]; this one waits for it.");
    }

    @Override
    public synchronized void begins(int count) {
        cells = count;
        if (person) {
            bar = Optional.of(ConsoleProgress.bar("ablate", count).build());
        } else {
            say(String.format(Locale.ROOT, "ablate: %d trials", count));
        }
    }

    @Override
    public synchronized void found(String variant) {
        step(variant + ": was finished before");
    }

    @Override
    public synchronized void prepared(String variant, long seed, int prepared, int all) {
        afterSilence(() -> variant + ", seed " + seed + ": " + prepared + " of " + all + " prepared");
    }

    @Override
    public synchronized void stepped(String variant, long seed, String stage, int steps, long all) {
        afterSilence(() -> variant + ", seed " + seed + ": " + steps + " of " + all + " steps of " + stage);
    }

    @Override
    public synchronized void finished(String variant, long seed, int fold, double accuracy) {
        step(String.format(Locale.ROOT, "%s, seed %d, fold %d: accuracy %.2f %%", variant, seed, fold, 100 * accuracy));
    }

    @Override
    public synchronized void failed(String variant, long seed, int fold, Throwable cause) {
        step(String.format(Locale.ROOT, "%s, seed %d, fold %d: %s", variant, seed, fold, cause.getMessage()));
    }

    private void afterSilence(Supplier<String> line) {
        if (nanoTime.getAsLong() - spoke >= SILENCE) {
            bar.ifPresentOrElse(shown -> shown.setExtraMessage(" " + line.get()), () -> say(line.get()));
        }
    }

    private void step(String line) {
        done++;
        spoke = nanoTime.getAsLong();
        bar.ifPresentOrElse(
                shown -> {
                    shown.step();
                    shown.setExtraMessage(" " + line);
                    if (done == cells) {
                        shown.close();
                    }
                },
                () -> say(done + "/" + cells + " " + line));
    }

    private void say(String line) {
        lines.println(line);
        lines.flush();
        spoke = nanoTime.getAsLong();
    }
}
