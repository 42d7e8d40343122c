package org.kemo.runtime.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.evaluation.ModelEvaluation;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.ModelCard.Provenance;
import org.kemo.runtime.model.Prediction;

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
 * @param notes what every report on the data of its stages and on those that were scored repeats, how many of these were trained on, and how
 *     many were left out since they are like them
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
            Map<String, List<Double>> diagnostics) {
        /** What of a model's answers a cell keeps. */
        static List<Answer> of(ModelEvaluation.Report scored) {
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < scored.answers().size(); i++) {
                Prediction prediction = scored.answers().get(i);
                Map<String, Double> weights = new LinkedHashMap<>();
                prediction.modalities().forEach((name, modality) -> {
                    if (!Double.isNaN(modality.weight())) {
                        weights.put(name, modality.weight());
                    }
                });
                answers.add(new Answer(
                        prediction.id(),
                        scored.labels().label(scored.truth().get(i)),
                        scored.labels().label(scored.predicted().get(i)),
                        weights,
                        prediction.diagnostics()));
            }
            return answers;
        }
    }
}
