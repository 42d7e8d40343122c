package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.checksum.UtteranceContent;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.evaluation.HoldOut;

/**
 * The utterances of one stage, as its readers give them.
 *
 * @param name of the data set
 * @param training to train on
 * @param validation to choose on; none marked TEST is on either side
 * @param sha256 over id, label, speaker and the content of every source, in order
 * @param notes what every report on these data repeats
 * @param problems what was left out and why
 */
record StageUtterances(
        String name,
        List<Utterance> training,
        List<Utterance> validation,
        String sha256,
        List<String> notes,
        List<String> problems) {

    /**
     * Reads the data of a stage and parts them.
     *
     * @param source reads them
     * @param seed for what is held out to choose on
     * @param sums of files of sound
     * @throws KemoException category INPUT, where nothing is left to train on since all of it must not be seen
     */
    static StageUtterances read(StageConfiguration stage, TrainingData source, long seed, FileSums sums) {
        Dataset dataset = source.read().apply(stage.data());
        List<String> notes = new ArrayList<>(dataset.notes());
        List<String> problems = new ArrayList<>(dataset.problems());
        List<Utterance> offered = offered(stage, dataset, source, notes);
        List<Utterance> validation = marked(offered, Split.VALIDATION);
        List<Utterance> training =
                offered.stream().filter(StageUtterances::isToTrainOn).toList();
        if (training.isEmpty() && dataset.utterances().stream().anyMatch(StageUtterances::isToTrainOn)) {
            throw KemoException.input(
                    "The stage [" + stage.name() + "] has no utterance to train on: every one of [" + dataset.name()
                            + "] is scored, or shares a recording, features or words with one that is.",
                    "Give the stage data that share less with what is scored, or score other folds.");
        }
        if (stage.validation().isPresent()) {
            Dataset own = source.read().apply(stage.validation().get());
            notes.addAll(own.notes());
            problems.addAll(own.problems());
            List<Utterance> more = new ArrayList<>(validation);
            more.addAll(toChooseOn(offered(stage, own, source, notes)));
            validation = more;
        } else if (validation.isEmpty() && stage.holdOut() > 0) {
            HoldOut.Sides sides = new HoldOut(stage.holdOut(), stage.holdOutBy(), seed).part(training);
            training = sides.kept();
            validation = sides.heldOut();
        }
        List<String> trained = contents(training, sums);
        List<String> chosen = contents(validation, sums);
        long both = chosen.stream().filter(Set.copyOf(trained)::contains).count();
        if (both > 0) {
            notes.add("The stage [" + stage.name() + "] trains on [" + both + "] of the [" + chosen.size()
                    + "] utterances that it chooses on.");
        }
        List<String> lines = new ArrayList<>();
        trained.forEach(content -> lines.add("training " + content));
        chosen.forEach(content -> lines.add("validation " + content));
        return new StageUtterances(
                dataset.name(), training, validation, Sha256.of(String.join("\n", lines)), notes, problems);
    }

    private static List<String> contents(List<Utterance> utterances, FileSums sums) {
        return utterances.stream()
                .map(utterance -> UtteranceContent.of(utterance, sums))
                .toList();
    }

    /** What is not for tests and may be seen. */
    private static List<Utterance> offered(
            StageConfiguration stage, Dataset dataset, TrainingData source, List<String> notes) {
        List<Utterance> unscored = dataset.utterances().stream()
                .filter(utterance ->
                        utterance.split() != Split.TEST && !source.scored().test(dataset, utterance))
                .toList();
        List<Utterance> offered = unscored.stream()
                .filter(utterance -> !source.alike().test(dataset, utterance))
                .toList();
        String note = "The stage [" + stage.name() + "] leaves out utterances of [" + dataset.name()
                + "] that share a recording, features or words with what is scored.";
        // What it chooses on may come from data of the same name.
        if (offered.size() < unscored.size() && !notes.contains(note)) {
            notes.add(note);
        }
        return offered;
    }

    private static boolean isToTrainOn(Utterance utterance) {
        return utterance.split() != Split.TEST && utterance.split() != Split.VALIDATION;
    }

    /** What a data set of its own marks for that, or, where it marks nothing so, all of it. */
    private static List<Utterance> toChooseOn(List<Utterance> utterances) {
        List<Utterance> marked = marked(utterances, Split.VALIDATION);
        return marked.isEmpty() ? utterances : marked;
    }

    private static List<Utterance> marked(List<Utterance> utterances, Split split) {
        return utterances.stream()
                .filter(utterance -> utterance.split() == split)
                .toList();
    }
}
