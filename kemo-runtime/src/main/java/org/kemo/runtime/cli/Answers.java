package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kemo.runtime.model.Prediction;

/** The answers of {@code analyze} and {@code demo}, each of which a person was shown when it came. */
record Answers(List<Prediction> clips, List<Failure> failures, Optional<Path> report) implements Outcome {
    private static final int BAR = 24;

    @Override
    public Object json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("clips", clips.stream().map(Answers::json).toList());
        document.put("failures", failures);
        report.ifPresent(file -> document.put("report", file.toString()));
        return document;
    }

    /** The record, but a diagnostic of one number is that number. */
    private static Map<String, Object> json(Prediction clip) {
        Map<String, Object> diagnostics = new LinkedHashMap<>();
        clip.diagnostics()
                .forEach((name, values) -> diagnostics.put(name, values.size() == 1 ? values.get(0) : values));
        Map<String, Object> json = JsonOutput.asMap(clip);
        json.put("diagnostics", diagnostics);
        return json;
    }

    /** Writes one for a person. */
    static void print(Prediction clip, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: %s (%.0f %%)%n",
                clip.id(),
                clip.label(),
                100 * clip.probabilities().get(clip.label()));
        clip.probabilities()
                .forEach((label, share) -> out.printf(
                        Locale.ROOT,
                        "  %-12s %-" + BAR + "s %5.1f %%%n",
                        label,
                        "#".repeat((int) Math.round(BAR * share)),
                        100 * share));
        clip.modalities()
                .forEach((name, modality) -> out.printf(
                        Locale.ROOT,
                        "  %s alone: %s (%.0f %%)%s%n",
                        name,
                        modality.label(),
                        100 * modality.probabilities().get(modality.label()),
                        Double.isNaN(modality.weight())
                                ? ""
                                : String.format(Locale.ROOT, ", weight %.2f", modality.weight())));
        clip.missing().forEach(name -> out.printf("  %s: missing%n", name));
        if (clip.audioSeconds() > 0) {
            out.printf(Locale.ROOT, "  %.1f s of sound, real-time factor %.4f%n", clip.audioSeconds(), clip.rtf());
        }
    }

    @Override
    public void print(PrintWriter out) {
        Failure.print(failures, out);
        report.ifPresent(file -> out.printf("Report: %s%n", file));
    }

    @Override
    public int exitCode() {
        return Failure.exitCode(failures);
    }
}
