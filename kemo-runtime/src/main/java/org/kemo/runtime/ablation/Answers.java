package org.kemo.runtime.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.runtime.ablation.Cell.Answer;
import org.kemo.runtime.evaluation.ModelEvaluation;
import org.kemo.runtime.model.Prediction;

/** What of a model's answers a cell keeps. */
final class Answers {
    private Answers() {}

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
