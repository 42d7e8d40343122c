package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.kemo.runtime.store.FetchProgress;

/** Models that are fetched, on standard error: a bar where a person looks on, else a line for each part and for each tenth of it. */
final class ConsoleFetchProgress implements FetchProgress {
    private static final long MEBIBYTE = 1L << 20;
    private static final int LINES = 10;

    private final PrintWriter lines;
    private final boolean person = ConsoleProgress.aPersonLooksOn();
    private Optional<ProgressBar> bar = Optional.empty();
    private String part = "";
    private long total;
    private long said;

    ConsoleFetchProgress(PrintWriter lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void begins(String what, long bytes) {
        ends();
        part = what;
        total = bytes;
        said = 0;
        if (person) {
            bar = Optional.of(ConsoleProgress.bar(what, bytes > 0 ? bytes : -1)
                    .setUnit(" MiB", MEBIBYTE)
                    .setUpdateIntervalMillis(200)
                    .build());
        } else {
            lines.println(what + (bytes > 0 ? String.format(Locale.ROOT, ", %.1f MiB", mebibytes(bytes)) : ""));
        }
    }

    @Override
    public synchronized void reached(long bytes) {
        bar.ifPresent(shown -> shown.stepTo(bytes));
        if (!person && total > 0 && bytes * LINES / total > said) {
            said = bytes * LINES / total;
            lines.printf(Locale.ROOT, "%s: %d %%%n", part, said * 100 / LINES);
        }
    }

    @Override
    public synchronized void note(String sentence) {
        lines.println(sentence);
    }

    @Override
    public synchronized void ends() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) MEBIBYTE;
    }
}
