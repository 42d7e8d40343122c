package org.kemo.runtime.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.ModelCard.Provenance;

/** Cells of two classes that were not trained. */
final class TestCells {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final int TRAINING = 8;

    private TestCells() {}

    /**
     * A cell of one seed.
     *
     * @param answers one for each utterance: its id, its class and what was predicted, {@code a happy sad}
     */
    static Cell cell(String variant, int fold, String... answers) {
        return cell(variant, fold, TRAINING, answers);
    }

    /** The same of a variant that trained on so many utterances. */
    static Cell cell(String variant, int fold, int training, String... answers) {
        return cell(LABELS, variant, fold, training, answers);
    }

    /** The same in two other classes. */
    static Cell cell(LabelSpace labels, String variant, int fold, String... answers) {
        return cell(labels, variant, fold, TRAINING, answers);
    }

    private static Cell cell(LabelSpace labels, String variant, int fold, int training, String... answers) {
        List<Cell.Answer> said = new ArrayList<>();
        int[] truth = new int[answers.length];
        float[] probabilities = new float[2 * answers.length];
        for (int n = 0; n < answers.length; n++) {
            String[] words = answers[n].split(" ", 3);
            said.add(new Cell.Answer(words[0], words[1], words[2], Map.of(), Map.of()));
            truth[n] = labels.indexOf(words[1]);
            probabilities[2 * n + labels.indexOf(words[2])] = 1;
        }
        return new Cell(
                variant,
                1,
                fold,
                "made",
                training,
                Metrics.of(labels, truth, FloatTensor.of(probabilities, answers.length, 2)),
                new ParameterCount(0, 0),
                said,
                new Provenance("test", 1, Map.of(), Map.of()),
                "",
                List.of(),
                List.of());
    }

    /** A cell that was scored on data of another name. */
    static Cell on(String dataset, Cell cell) {
        return new Cell(
                cell.variant(),
                cell.seed(),
                cell.fold(),
                dataset,
                cell.training(),
                cell.metrics(),
                cell.parameters(),
                cell.answers(),
                cell.provenance(),
                cell.configuration(),
                cell.problems(),
                cell.notes());
    }
}
