package org.kemo.runtime.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.runtime.text.NearestName;

/**
 * All of a run: the model's parts, how it is trained, and what the host gives to it.
 *
 * @param seed the one seed of all randomness
 * @param labels the classes
 * @param modalities by name, in the order in which strategies see them
 * @param fusion how they come together; may be left out where there is one modality
 * @param train how the model is trained; only {@code kemo train} needs it
 */
public record KemoConfiguration(
        @Option(value = "The one seed of all randomness", defaultValue = "1") long seed,
        @Option("The classes of the model and how each modality's own are aligned to them") LabelsConfiguration labels,
        @Option("The modalities by name, in the order in which fusion strategies see them")
                Map<String, ModalityConfiguration> modalities,
        @Option(value = "The fusion strategy; not needed for one modality", defaultValue = "null")
                Optional<Component<FusionStrategy>> fusion,
        @Option(value = "How the model is trained", defaultValue = "null") Optional<TrainingConfiguration> train) {
    /** Checks that a model can be put together from the parts, that labels are aligned and stages train what there is, all of it. */
    public KemoConfiguration {
        if (modalities.isEmpty()) {
            throw KemoException.configuration("There are no modalities.", "Name at least one under modalities.");
        }
        checkAligned(labels, modalities);
        checkPlaced(labels, modalities);
        List<StageConfiguration> stages =
                train.map(TrainingConfiguration::stages).orElse(List.of());
        for (StageConfiguration stage : stages) {
            for (String modality : stage.modalities()) {
                if (!modalities.containsKey(modality)) {
                    throw KemoException.configuration(
                            "The stage [" + stage.name() + "] trains the modality [" + modality
                                    + "], which there is not.",
                            NearestName.among(modalities.keySet()).suggestion(modality));
                }
            }
            if (stage.fusion() && fusion.isEmpty()) {
                throw KemoException.configuration(
                        "The stage [" + stage.name() + "] trains a fusion strategy, and there is none.",
                        "Name one under fusion.type, or leave the stage out.");
            }
        }
        checkTrained(modalities.keySet(), stages);
        checkFused(labels, modalities, fusion, stages);
    }

    /** What no alignment sends elsewhere is to be a class of the model itself. */
    private static void checkPlaced(LabelsConfiguration labels, Map<String, ModalityConfiguration> modalities) {
        modalities.forEach((name, modality) -> {
            Map<String, String> aligned = labels.align().getOrDefault(name, Map.of());
            modality.labels().stream()
                    .filter(label ->
                            !aligned.containsKey(label) && !labels.space().contains(label))
                    .findFirst()
                    .ifPresent(label -> {
                        throw KemoException.configuration(
                                "The label [" + label + "] of the modality [" + name + "] has no place among "
                                        + labels.space() + ".",
                                NearestName.among(labels.space())
                                        .to(label)
                                        .map(near -> "Did you mean [" + near + "]? Or say under labels.align." + name
                                                + " where it goes.")
                                        .orElse("Say under labels.align." + name + " where it goes."));
                    });
        });
    }

    private static void checkFused(
            LabelsConfiguration labels,
            Map<String, ModalityConfiguration> modalities,
            Optional<Component<FusionStrategy>> fusion,
            List<StageConfiguration> stages) {
        Map<Modality, List<String>> cues = new LinkedHashMap<>();
        modalities.forEach((name, modality) -> cues.put(Modality.of(name), modality.cues()));
        if (fusion.isEmpty() && modalities.size() > 1) {
            throw KemoException.configuration(
                    "The modalities " + modalities.keySet() + " have no fusion strategy.",
                    "Name one under fusion.type, for example dynamic-gated.");
        }
        FusionInputs inputs = new FusionInputs(new LabelSpace(labels.space()), cues);
        fusion.map(Component::value).ifPresent(strategy -> {
            strategy.check(inputs);
            if (stages.stream().anyMatch(StageConfiguration::fusion)) {
                strategy.checkTraining(inputs);
            }
        });
    }

    /** A stage that trains the strategy runs all modalities; without any stage nothing is trained. */
    private static void checkTrained(Set<String> modalities, List<StageConfiguration> stages) {
        if (stages.isEmpty() || stages.stream().anyMatch(StageConfiguration::fusion)) {
            return;
        }
        modalities.stream()
                .filter(modality ->
                        stages.stream().noneMatch(stage -> stage.modalities().contains(modality)))
                .findFirst()
                .ifPresent(modality -> {
                    throw KemoException.configuration(
                            "No stage trains the modality [" + modality + "].",
                            "Name it under train.stages, or leave it out of the modalities.");
                });
    }

    private static void checkAligned(LabelsConfiguration labels, Map<String, ModalityConfiguration> modalities) {
        labels.align().forEach((name, aligned) -> {
            if (!modalities.containsKey(name)) {
                throw KemoException.configuration(
                        "Labels of the modality [" + name + "] are aligned, which there is not.",
                        NearestName.among(modalities.keySet()).suggestion(name));
            }
            List<String> own = modalities.get(name).labels();
            aligned.keySet().stream()
                    .filter(label -> !own.contains(label))
                    .findFirst()
                    .ifPresent(label -> {
                        throw KemoException.configuration(
                                "The label [" + label + "] is aligned, which is none of the modality [" + name + "].",
                                NearestName.among(own).suggestion(label));
                    });
        });
    }
}
