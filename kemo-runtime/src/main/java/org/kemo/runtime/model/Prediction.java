package org.kemo.runtime.model;

import java.util.List;
import java.util.Map;

/**
 * The answer for one utterance.
 *
 * @param id of the utterance
 * @param label the most probable class of the model
 * @param probabilities by class, in the order of the label space
 * @param modalities what each modality that was there said for itself
 * @param missing the modalities that were not there
 * @param diagnostics what the fusion strategy shows of itself
 * @param audioSeconds length of the sound; 0 where there is none
 * @param stages seconds by stage
 * @param rtf seconds of all stages over {@code audioSeconds}; 0 where there is no sound
 */
public record Prediction(
        String id,
        String label,
        Map<String, Double> probabilities,
        Map<String, ModalityPrediction> modalities,
        List<String> missing,
        Map<String, List<Double>> diagnostics,
        double audioSeconds,
        Map<String, Double> stages,
        double rtf) {

    /**
     * What one modality said for itself.
     *
     * @param label the most probable of the model's classes
     * @param probabilities by class of the model
     * @param own by class of those that the modality was trained on
     * @param weight how much it counted, 0..1; NaN where the strategy does not say
     */
    public record ModalityPrediction(
            String label, Map<String, Double> probabilities, Map<String, Double> own, double weight) {}
}
