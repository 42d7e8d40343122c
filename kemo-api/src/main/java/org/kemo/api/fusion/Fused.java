package org.kemo.api.fusion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.Modality;
import org.kemo.api.network.Ops;

/**
 * What a fusion strategy gives for a batch.
 *
 * @param probabilities [N, C], rows that sum to 1
 * @param weights how much each modality of the model counted, [N, 1] in 0..1, where the strategy can say so
 * @param diagnostics named numbers that are kept beside an answer, [N, k] with a k that is known: of the steps of a sequence, show what
 *     falls on {@link RelativeTime#places}. {@code kemo analyze --json} and the report of {@code kemo demo} show them
 * @param loss what training is to make small beside the cross entropy of the answer, a scalar for the whole batch, such as a
 *     load-balancing term. It alone may look at the utterances of a batch together; an exported model leaves it out
 */
public record Fused<T>(T probabilities, Map<Modality, T> weights, Map<String, T> diagnostics, Optional<T> loss) {
    /** Copies the maps, in their order. */
    public Fused {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        diagnostics = Collections.unmodifiableMap(new LinkedHashMap<>(diagnostics));
    }

    /** Probabilities alone. */
    public static <T> Fused<T> of(T probabilities) {
        return new Fused<>(probabilities, Map.of(), Map.of(), Optional.empty());
    }

    /**
     * A mixture of what the modalities answer by themselves, y = sum over m of w_m y_m; of two modalities, the weight of the
     * first is shown as {@code lambda} (eqs. 6 and 13 of the paper).
     *
     * @param weights [N, M] in the order of the modalities, rows that sum to 1, 0 where a modality is missing
     */
    public static <T> Fused<T> mixture(Ops<T> ops, Modalities<T> in, T weights) {
        T probabilities = ops.constant(0);
        Map<Modality, T> byModality = new LinkedHashMap<>();
        for (int m = 0; m < in.size(); m++) {
            T weight = ops.slice(weights, 1, m, m + 1);
            probabilities =
                    ops.add(probabilities, ops.multiply(weight, in.get(m).probabilities()));
            byModality.put(in.get(m).modality(), weight);
        }
        Map<String, T> lambda = in.size() == 2 ? Map.of("lambda", ops.slice(weights, 1, 0, 1)) : Map.of();
        return new Fused<>(probabilities, byModality, lambda, Optional.empty());
    }

    /** The same with one more diagnostic, [N, k]. */
    public Fused<T> with(String name, T diagnostic) {
        Map<String, T> more = new LinkedHashMap<>(diagnostics);
        more.put(name, diagnostic);
        return new Fused<>(probabilities, weights, more, loss);
    }

    /** The same with the weight of one modality, [N, 1]. */
    public Fused<T> weight(Modality modality, T weight) {
        Map<Modality, T> more = new LinkedHashMap<>(weights);
        more.put(modality, weight);
        return new Fused<>(probabilities, more, diagnostics, loss);
    }

    /** The same with a loss of its own, a scalar; it is added to the cross entropy, which is a mean over the batch. */
    public Fused<T> withLoss(T term) {
        return new Fused<>(probabilities, weights, diagnostics, Optional.of(term));
    }
}
