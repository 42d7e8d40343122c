package org.kemo.runtime.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.evaluation.ScoredLabels;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.ModelCard.Provenance;

/** What a table must be better than: the shares of the classes among the training labels, answered to every utterance alike. */
final class MajorityFloor {
    private final ModelAssembly assembly;
    private final ScoredLabels scored;

    MajorityFloor(ModelAssembly assembly, ScoredLabels scored) {
        this.assembly = assembly;
        this.scored = scored;
    }

    /**
     * The cell of one trial.
     *
     * @param name of the variant
     * @param training the labels of the training side, in the data's own words
     */
    Cell cell(
            String name,
            List<String> training,
            Trial trial,
            String configuration,
            String version,
            Map<String, String> plugins) {
        LabelSpace labels = scored.space(assembly);
        float[] shares = new float[labels.size()];
        for (String label : training) {
            position(label).ifPresent(at -> shares[at] += 1);
        }
        float total = 0;
        for (float share : shares) {
            total += share;
        }
        if (total == 0) {
            throw KemoException.input(
                    "No training label is among " + labels + ".", "Look at the labels and splits of the data.");
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= total;
        }
        List<Integer> truth = new ArrayList<>();
        List<Cell.Answer> answers = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String majority = labels.label(largest(shares));
        for (Utterance utterance : trial.scored().utterances()) {
            Optional<Integer> at = utterance.label().flatMap(this::position);
            if (at.isPresent()) {
                truth.add(at.get());
                answers.add(new Cell.Answer(utterance.id(), labels.label(at.get()), majority, Map.of(), Map.of()));
            } else {
                problems.add("[" + utterance.id() + "] has no label among " + labels + ".");
            }
        }
        float[] rows = new float[truth.size() * shares.length];
        for (int n = 0; n < truth.size(); n++) {
            System.arraycopy(shares, 0, rows, n * shares.length, shares.length);
        }
        return new Cell(
                name,
                trial.seed(),
                trial.fold(),
                trial.scored().name(),
                training.size(),
                Metrics.of(
                        labels,
                        truth.stream().mapToInt(Integer::intValue).toArray(),
                        FloatTensor.of(rows, truth.size(), shares.length)),
                new ParameterCount(0, 0),
                answers,
                new Provenance(version, trial.seed(), plugins, Map.of()),
                configuration,
                problems,
                trial.scored().notes());
    }

    private Optional<Integer> position(String label) {
        try {
            return Optional.of(scored.classOf(assembly, label));
        } catch (KemoException unknown) {
            return Optional.empty();
        }
    }

    private static int largest(float[] shares) {
        int best = 0;
        for (int i = 1; i < shares.length; i++) {
            best = shares[i] > shares[best] ? i : best;
        }
        return best;
    }
}
