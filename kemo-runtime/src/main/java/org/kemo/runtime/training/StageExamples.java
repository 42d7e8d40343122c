package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.configuration.AugmentationConfiguration.Version;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.model.ModelAssembly;

/** Takes the utterances of one stage through the frozen steps of its modalities and leaves out, with a word, what it cannot use. */
final class StageExamples {
    private final StageConfiguration stage;
    private final ModelAssembly assembly;
    private final List<Modality> modalities;
    private final FeatureCache cache;
    private final Semaphore permits;
    private final Progress progress;
    private final List<String> problems = new ArrayList<>();

    /**
     * The examples of a stage.
     *
     * @param modalities that it runs
     * @param permits one for each group of utterances that is prepared at the same time
     */
    StageExamples(
            StageConfiguration stage,
            ModelAssembly assembly,
            List<Modality> modalities,
            FeatureCache cache,
            Semaphore permits,
            Progress progress) {
        this.stage = stage;
        this.assembly = assembly;
        this.modalities = modalities;
        this.cache = cache;
        this.permits = permits;
        this.progress = progress;
    }

    /**
     * The training data with their versions, each paired with its original by its id and with something in the same modalities.
     *
     * @throws KemoException category INPUT, where none is left, or none has a modality that is trained; category CONFIGURATION, where
     *     the own classes of a modality that is trained without the strategy are named by none
     */
    List<Versions> training(List<Utterance> utterances) {
        List<Example> originals = examples(List.of(), utterances);
        if (originals.isEmpty()) {
            throw KemoException.input(
                    "The stage [" + stage.name() + "] has no utterance to train on"
                            + (problems.isEmpty() ? "." : ": " + problems.get(0)),
                    "Look at the labels and splits of its data.");
        }
        requireTargets(originals);
        Map<String, List<Example>> byId = new LinkedHashMap<>();
        originals.forEach(original -> byId.put(original.id(), new ArrayList<>(List.of(original))));
        for (Version version : stage.augmentation().versions()) {
            List<Utterance> heard = utterances.stream()
                    .filter(utterance -> byId.containsKey(utterance.id()))
                    .map(utterance -> atSpeed(utterance, present(byId.get(utterance.id())), version.speed()))
                    .toList();
            for (Example example : examples(version.features(), heard)) {
                List<Example> versions = byId.get(example.id());
                if (example.inputs().keySet().equals(present(versions))) {
                    versions.add(example);
                }
            }
        }
        return byId.values().stream().map(Versions::new).toList();
    }

    /**
     * The data to choose on, which may be none.
     *
     * @throws KemoException category INPUT, where there are none and the stage waits for a better validation accuracy
     */
    List<Example> validation(List<Utterance> utterances) {
        List<Example> examples = examples(List.of(), utterances);
        if (examples.isEmpty() && stage.patience() > 0) {
            throw KemoException.input(
                    "The stage [" + stage.name() + "] has patience [" + stage.patience()
                            + "] and nothing to choose on.",
                    "Give it validation data, or a holdOut, or set patience to 0.");
        }
        return examples;
    }

    /** What was left out and why, and what trains nothing, so far. */
    List<String> problems() {
        return problems;
    }

    /**
     * The classifier of a modality has targets in labels of its own classes alone. What is labelled otherwise can train it where the
     * strategy is trained with it, through the fused answer, and not at all elsewhere.
     */
    private void requireTargets(List<Example> training) {
        for (Modality modality : modalities) {
            if (stage.modalities().contains(modality.name())) {
                LabelSpace own = assembly.alignment(modality).from();
                Set<String> labels = training.stream()
                        .filter(example -> example.inputs().containsKey(modality))
                        .flatMap(example -> example.label().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
                if (labels.isEmpty()) {
                    throw nothingIn(modality);
                }
                List<String> foreign =
                        labels.stream().filter(label -> !own.contains(label)).toList();
                if (foreign.size() == labels.size() && !stage.fusion()) {
                    throw KemoException.configuration(
                            "The stage [" + stage.name() + "] trains the modality [" + modality
                                    + "], and no utterance that has it is labelled by one of its own classes " + own
                                    + ": their labels are " + labels + ".",
                            "Take it out of the modalities of the stage, or give the stage data with such labels.");
                }
                if (!foreign.isEmpty()) {
                    problems.add("The stage [" + stage.name() + "] has no target for the classifier of the modality ["
                            + modality + "] in what is labelled " + foreign + ", since its own classes are " + own
                            + (stage.fusion()
                                    ? ": that trains it through the fused answer alone, where the strategy passes it on."
                                    : ": that does not train it."));
                }
            }
        }
    }

    /** That no utterance to train on has a modality. */
    static KemoException nothingIn(Modality modality) {
        return KemoException.input(
                "No training utterance has anything in the modality [" + modality + "].",
                "Give it data, or leave the modality out.");
    }

    /** By the modalities' own extractors or, where some are given, by those. */
    private List<Example> examples(List<Component<FeatureExtractor>> features, List<Utterance> utterances) {
        if (utterances.isEmpty()) {
            return List.of();
        }
        progress.begins(stage.name() + ": preparing", utterances.size());
        ExamplePreparation.Prepared prepared = new ExamplePreparation(
                        modalities.stream()
                                .map(assembly::pipeline)
                                .map(pipeline -> features.isEmpty() ? pipeline : pipeline.withFeatures(features))
                                .toList(),
                        cache,
                        permits)
                .prepare(utterances, progress);
        problems.addAll(prepared.problems());
        List<Example> usable = new ArrayList<>();
        for (Example example : prepared.examples()) {
            Optional<String> problem = unusable(example);
            problem.ifPresentOrElse(problems::add, () -> usable.add(example));
        }
        return usable;
    }

    private Optional<String> unusable(Example example) {
        if (example.label().isEmpty()) {
            return Optional.of("[" + example.id() + "] has no label and was left out.");
        }
        String label = example.label().get();
        boolean known = stage.fusion()
                ? assembly.labels().contains(label)
                        || assembly.modalities().stream()
                                .anyMatch(each -> assembly.alignment(each).map().containsKey(label))
                : modalities.stream()
                        .anyMatch(each -> assembly.alignment(each).from().contains(label));
        return known
                ? Optional.empty()
                : Optional.of("[" + example.id() + "] has the label [" + label
                        + "], which the stage does not know, and was left out.");
    }

    /** The modalities in which there is something, which the original decides for all versions, as an answer does for all speeds. */
    private static Set<Modality> present(List<Example> versions) {
        return versions.get(0).inputs().keySet();
    }

    private static Utterance atSpeed(Utterance utterance, Set<Modality> modalities, double speed) {
        Map<Modality, Source> sources = new LinkedHashMap<>(utterance.sources());
        sources.keySet().retainAll(modalities);
        if (speed != 1) {
            sources.replaceAll((modality, source) ->
                    source instanceof Source.AudioFile file ? file.then(Perturbations.speed(speed)) : source);
        }
        return new Utterance(utterance.id(), sources, utterance.label(), utterance.speaker(), utterance.split());
    }
}
