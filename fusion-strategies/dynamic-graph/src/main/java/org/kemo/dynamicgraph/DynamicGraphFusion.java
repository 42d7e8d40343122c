package org.kemo.dynamicgraph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;

/**
 * The dynamic fusion graph of Zadeh et al. (2018). Its vertices are the non-empty subsets S of the modalities, and a last one, tau:
 *
 * <pre>
 * alpha = sigmoid(A [v_1; ...; v_M] + a)                      one efficacy for each edge
 * v_{m} = the pooled encoding of modality m
 * v_S   = D_S(concat over the proper subsets s of S of alpha_{s to S} v_s)
 * tau   = T(concat over all s of alpha_{s to tau} v_s)
 * y     = softmax(U tau + c)
 * </pre>
 *
 * D_S and T are a linear layer and tanh, each with parameters of its own. The paper leaves the networks open; the sigmoid keeps the
 * efficacies between 0 and 1. M modalities have 3^M - 2^M of them: 5, 19, 65 for two, three and four.
 *
 * <p>A subset of which a modality is missing has no vector: it and the efficacies of its edges are 0. The diagnostics {@code
 * efficacies.S} and {@code efficacies.output} hold the efficacies of the edges that lead to S and to tau, from small subsets to large
 * ones, those of one size in the order of the modalities.
 */
final class DynamicGraphFusion implements FusionStrategy {
    /** 3^8 - 2^8 are 6305 efficacies. */
    private static final int LARGEST = 8;

    private static final String OUTPUT = "output";

    private final DynamicGraphOptions options;

    DynamicGraphFusion(DynamicGraphOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        List<Modality> modalities =
                in.all().stream().map(ModalityView::modality).toList();
        List<ModalitySubset> subsets = ModalitySubset.all(in.size());
        Map<ModalitySubset, T> presences = new LinkedHashMap<>();
        subsets.forEach(subset -> presences.put(subset, presence(ops, in, subset)));
        Map<ModalitySubset, T> vectors = new LinkedHashMap<>();
        List<T> encodings = new ArrayList<>();
        for (ModalitySubset single : subsets.subList(0, in.size())) {
            T encoding = ops.dropout(in.get(single.places().get(0)).pooled(), options.dropout());
            vectors.put(single, encoding);
            encodings.add(encoding);
        }
        Efficacies<T> efficacies = efficacies(ops, ops.concat(1, encodings), efficacies(in.size()));
        Map<String, T> shown = new LinkedHashMap<>();
        for (ModalitySubset subset : subsets.subList(in.size(), subsets.size())) {
            String name = subset.name(modalities);
            T edges = efficacies.next(subset.proper(), presences);
            T vector = vertex(ops, name, subset.proper(), edges, vectors);
            vectors.put(subset, ops.multiply(vector, presences.get(subset)));
            shown.put(name, edges);
        }
        T edges = efficacies.next(subsets, presences);
        T tau = ops.dropout(vertex(ops, OUTPUT, subsets, edges, vectors), options.dropout());
        shown.put(OUTPUT, edges);
        Fused<T> fused = Fused.of(ops.softmax(ops.linear("out", tau, in.labels().size()), -1));
        for (Map.Entry<String, T> each : shown.entrySet()) {
            fused = fused.with("efficacies." + each.getKey(), each.getValue());
        }
        return fused;
    }

    /** The number of edges of the graph over that many modalities. */
    static int efficacies(int modalities) {
        return (int) (Math.pow(3, modalities) - Math.pow(2, modalities));
    }

    private <T> Efficacies<T> efficacies(Ops<T> ops, T encodings, int count) {
        T features = options.efficacyHidden() == 0
                ? encodings
                : ops.tanh(ops.linear("efficacyHidden", encodings, options.efficacyHidden()));
        return new Efficacies<>(ops, ops.sigmoid(ops.linear("efficacy", features, count)));
    }

    /** D_S or T. */
    private <T> T vertex(
            Ops<T> ops, String name, List<ModalitySubset> sources, T edges, Map<ModalitySubset, T> vectors) {
        List<T> weighed = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            weighed.add(ops.multiply(ops.slice(edges, 1, i, i + 1), vectors.get(sources.get(i))));
        }
        return ops.tanh(ops.linear(name, ops.concat(1, weighed), options.width()));
    }

    /** 1 where all modalities of the subset are there, [N, 1]. */
    private static <T> T presence(Ops<T> ops, Modalities<T> in, ModalitySubset subset) {
        T all = ops.constant(1);
        for (int place : subset.places()) {
            all = ops.multiply(all, in.get(place).presence());
        }
        return all;
    }

    /** Hands the efficacies [N, E] out, from the first to the last. */
    private static final class Efficacies<T> {
        private final Ops<T> ops;
        private final T all;
        private int given;

        Efficacies(Ops<T> ops, T all) {
            this.ops = ops;
            this.all = all;
        }

        /** One for each source of a vertex, [N, number of them], 0 for a source that is not there. */
        T next(List<ModalitySubset> sources, Map<ModalitySubset, T> presences) {
            T own = ops.slice(all, 1, given, given + sources.size());
            given += sources.size();
            return ops.multiply(
                    own, ops.concat(1, sources.stream().map(presences::get).toList()));
        }
    }

    @Override
    public void check(FusionInputs inputs) {
        int modalities = inputs.modalities().size();
        if (modalities > LARGEST) {
            throw KemoException.configuration(
                    "The graph over the [" + modalities + "] modalities " + inputs.modalities()
                            + " has too many edges.",
                    "Take [" + LARGEST + "] at most, or a fusion that does not look at every subset.");
        }
    }
}
