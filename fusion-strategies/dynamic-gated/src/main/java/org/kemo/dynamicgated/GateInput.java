package org.kemo.dynamicgated;

import java.util.List;
import java.util.TreeMap;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;

/** What the gate can read of a modality. */
enum GateInput {
    /** The pooled encoding, [N, d]. */
    POOLED {
        @Override
        <T> List<T> of(Ops<T> ops, ModalityView<T> modality) {
            return List.of(modality.pooled());
        }
    },
    /** What its own classifier answers, [N, C]. */
    PROBABILITIES {
        @Override
        <T> List<T> of(Ops<T> ops, ModalityView<T> modality) {
            return List.of(modality.probabilities());
        }
    },
    /** The largest of these, [N, 1]. */
    CONFIDENCE {
        @Override
        <T> List<T> of(Ops<T> ops, ModalityView<T> modality) {
            return List.of(ops.expand(ops.max(modality.probabilities(), -1), -1));
        }
    },
    /** Its cues in the order of their names, [N, 1] each. */
    CUES {
        @Override
        <T> List<T> of(Ops<T> ops, ModalityView<T> modality) {
            return List.copyOf(new TreeMap<>(modality.cues()).values());
        }
    };

    abstract <T> List<T> of(Ops<T> ops, ModalityView<T> modality);
}
