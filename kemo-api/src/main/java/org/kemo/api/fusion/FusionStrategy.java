package org.kemo.api.fusion;

import java.util.List;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.network.Ops;

/**
 * Brings the modalities of an utterance together into one prediction: a network over {@link Ops}, trained and deployed by
 * the host. Immutable, safe for use by several threads at once.
 */
public interface FusionStrategy {
    /**
     * Fuses a batch. Any modality may be missing from any utterance (but not all at once); the answer must not depend on what
     * stands in the place of a missing one.
     *
     * @param ops the backend; parameters are already scoped
     * @param in all modalities, in the order of the configuration
     */
    <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in);

    /**
     * Refuses, at configuration time, modalities that the definition of the strategy does not allow.
     *
     * @throws org.kemo.api.KemoException category CONFIGURATION, naming the modalities in brackets
     */
    default void check(List<Modality> modalities, LabelSpace labels) {}
}
