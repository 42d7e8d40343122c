package org.kemo.runtime.evaluation;

import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.runtime.model.ModelAssembly;

/**
 * Which answer of a model is scored, and in which classes.
 *
 * @param modality whose own classifier is asked; empty for the fused answer
 * @param labels the classes that are scored in
 */
public record ScoredLabels(Optional<Modality> modality, Labels labels) {
    /** The classes that are scored in. */
    public enum Labels {
        /** Those of the model. */
        ALIGNED,
        /** Those that the modality was trained on. */
        NATIVE
    }

    /** Checks that there is a modality where its own classes are wanted. */
    public ScoredLabels {
        if (labels == Labels.NATIVE && modality.isEmpty()) {
            throw KemoException.configuration(
                    "The fused answer has no native labels.", "Name a modality, or score in the aligned labels.");
        }
    }

    /** The fused answer, in the classes of the model. */
    public static ScoredLabels fused() {
        return new ScoredLabels(Optional.empty(), Labels.ALIGNED);
    }

    /**
     * The classes.
     *
     * @throws KemoException category CONFIGURATION, where the model has no such modality
     */
    public LabelSpace space(ModelAssembly assembly) {
        return modality.filter(each -> labels == Labels.NATIVE)
                .map(each -> assembly.alignment(each).from())
                .orElse(assembly.labels());
    }

    /**
     * The position among the classes of the one that a data set's label stands for.
     *
     * @throws KemoException category INPUT, where the label stands for none, or for several
     */
    public int classOf(ModelAssembly assembly, String label) {
        return space(assembly).indexOf(labels == Labels.NATIVE ? label : aligned(assembly, label));
    }

    private String aligned(ModelAssembly assembly, String label) {
        return modality.map(each -> assembly.align(each, label)).orElseGet(() -> assembly.align(label));
    }
}
