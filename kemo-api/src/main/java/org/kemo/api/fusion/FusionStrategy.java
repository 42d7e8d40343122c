package org.kemo.api.fusion;

import java.util.Map;
import org.kemo.api.network.FloatTensor;
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
     * Refuses, at configuration time, what the definition of the strategy does not allow: the number of modalities, a modality or
     * a cue that its options name and that there is not.
     *
     * @throws org.kemo.api.KemoException category CONFIGURATION, naming the modalities in brackets
     */
    default void check(FusionInputs inputs) {}

    /**
     * Refuses, at configuration time where a stage trains the strategy, what training could not teach, though the strategy can answer
     * so. A model that was trained so before is opened and answers: it is not asked this.
     *
     * @throws org.kemo.api.KemoException category CONFIGURATION
     */
    default void checkTraining(FusionInputs inputs) {}

    /**
     * Takes numbers from the training data that no step of training could find: a threshold, the share of each class. The host
     * asks before a stage trains the strategy. The numbers become parameters of the strategy: {@link #fuse} asks for them by {@link
     * Ops#parameter}, training leaves them as they are, and they are exported with the model. The same data give the same
     * numbers.
     *
     * @return values by the parameter's name within the strategy's scope; those that are not here are trained
     * @throws org.kemo.api.KemoException category INPUT, where the data do not have what the strategy needs
     */
    default Map<String, FloatTensor> fit(FusionTrainingData data) {
        return Map.of();
    }
}
