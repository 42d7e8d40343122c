package org.kemo.benchmarks;

import java.util.Locale;
import org.kemo.api.service.ModelPrecision;

/**
 * How a model is run.
 *
 * @param precision of its weights
 * @param device {@code cpu} or {@code cuda:N}
 */
record Setting(ModelPrecision precision, String device) {
    /** From {@code PRECISION} on the CPU, or {@code PRECISION@DEVICE}. */
    static Setting parse(String text) {
        String[] parts = text.split("@", 2);
        return new Setting(
                ModelPrecision.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts.length == 1 ? "cpu" : parts[1]);
    }

    @Override
    public String toString() {
        return precision.name().toLowerCase(Locale.ROOT) + "@" + device;
    }
}
