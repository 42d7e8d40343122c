package org.kemo.runtime.ablation;

import java.util.List;
import java.util.Map;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.ModelCard.Provenance;

/**
 * What one trial of one variant gave, as its file holds it.
 *
 * @param variant its name
 * @param seed of the trial
 * @param fold from 0
 * @param dataset the name of what was scored
 * @param training how many utterances the last stage trained on
 * @param metrics the figures
 * @param parameters of the model
 * @param answers one for each utterance that was scored, in order
 * @param provenance where the model comes from
 * @param configuration the resolved configuration, YAML
 * @param problems what was left out and why
 * @param notes what every report on these data repeats, and how many of them were trained on
 */
public record Cell(
        String variant,
        long seed,
        int fold,
        String dataset,
        int training,
        Metrics metrics,
        ParameterCount parameters,
        List<Answer> answers,
        Provenance provenance,
        String configuration,
        List<String> problems,
        List<String> notes) {
    /** Copies the lists. */
    public Cell {
        answers = List.copyOf(answers);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * What was said to one utterance.
     *
     * @param id of the utterance
     * @param truth its class
     * @param predicted the most probable class of the answer that is scored
     * @param weights how much each modality counted, where the strategy says so
     * @param diagnostics what the strategy shows of itself
     */
    public record Answer(
            String id,
            String truth,
            String predicted,
            Map<String, Double> weights,
            Map<String, List<Double>> diagnostics) {}
}
