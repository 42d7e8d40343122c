package org.kemo.api.fusion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.Modality;

/**
 * What a fusion strategy gives for a batch.
 *
 * @param probabilities [N, C], rows that sum to 1
 * @param weights how much each modality counted, [N, 1] in 0..1, where the strategy can say so
 * @param diagnostics named numbers that predictions and reports show, [N, k]
 */
public record Fused<T>(T probabilities, Map<Modality, T> weights, Map<String, T> diagnostics) {
    /** Copies the maps, in their order. */
    public Fused {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        diagnostics = Collections.unmodifiableMap(new LinkedHashMap<>(diagnostics));
    }

    /** Probabilities alone. */
    public static <T> Fused<T> of(T probabilities) {
        return new Fused<>(probabilities, Map.of(), Map.of());
    }

    /** The same with one more diagnostic, [N, k]. */
    public Fused<T> with(String name, T diagnostic) {
        Map<String, T> more = new LinkedHashMap<>(diagnostics);
        more.put(name, diagnostic);
        return new Fused<>(probabilities, weights, more);
    }

    /** The same with the weight of one modality, [N, 1]. */
    public Fused<T> weight(Modality modality, T weight) {
        Map<Modality, T> more = new LinkedHashMap<>(weights);
        more.put(modality, weight);
        return new Fused<>(probabilities, more, diagnostics);
    }
}
