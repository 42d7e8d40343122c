package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.kemo.runtime.training.Progress;

/** Progress on standard error: a bar where a person looks on, and a line for each epoch in any case. */
final class ConsoleProgress implements Progress, AutoCloseable {
    /** Takes the cursor to the start of the line, and what stands there away. */
    private static final String ERASED = "\r\u001b[K";

    private final PrintWriter lines;
    private final boolean person = aPersonLooksOn();
    private Optional<ProgressBar> bar = Optional.empty();

    ConsoleProgress(PrintWriter lines) {
        this.lines = lines;
    }

    /** The launcher knows whether standard error is a terminal; {@link System#console()} asks about standard input and output. */
    static boolean aPersonLooksOn() {
        return Boolean.getBoolean("kemo.terminal");
    }

    /**
     * A bar on standard error, to be built. It is drawn at its interval whether there was a step or not: what was printed may stand in its
     * place, and the time that has gone by is part of it.
     *
     * @param steps until it is full; -1 where that is not known, and it moves to and fro
     */
    static ProgressBarBuilder bar(String part, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(part)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .continuousUpdate()
                .setConsumer(new ConsoleProgressBarConsumer(System.err));
    }

    @Override
    public synchronized void begins(String part, long steps) {
        close();
        if (person) {
            bar = Optional.of(bar(part, steps).setUpdateIntervalMillis(200).build());
        } else {
            lines.printf("%s: %d steps%n", part, steps);
        }
    }

    @Override
    public synchronized void prepared(int total) {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public synchronized void stepped() {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public synchronized void epoch(String stage, int epoch, int epochs, double loss, double accuracy) {
        String figures = Double.isNaN(accuracy)
                ? String.format(Locale.ROOT, "loss %.4f", loss)
                : String.format(Locale.ROOT, "loss %.4f, validation accuracy %.2f %%", loss, 100 * accuracy);
        above(() -> lines.printf("%s: epoch %d/%d, %s%n", stage, epoch, epochs, figures));
    }

    @Override
    public synchronized void note(String sentence) {
        above(() -> lines.println(sentence));
    }

    /** Prints something else on the terminal, where the bar stands; that is drawn below it when it is drawn next. */
    synchronized void above(Runnable printing) {
        if (bar.isPresent()) {
            lines.print(ERASED);
            lines.flush();
        }
        printing.run();
    }

    @Override
    public synchronized void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }
}
