package org.kemo.runtime.training;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.configuration.AugmentationConfiguration.Version;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.configuration.TrainingConfiguration;
import org.kemo.runtime.evaluation.HoldOut;
import org.kemo.runtime.model.EmotionNetwork;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.model.ModelCard;
import org.kemo.runtime.model.ModelCard.DataCard;
import org.kemo.runtime.model.ModelCard.ModalityCard;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.ModelCard.Provenance;
import org.kemo.runtime.model.ModelFolder;
import org.kemo.runtime.model.Standardisation;
import org.kemo.runtime.onnx.OnnxNetwork;
import org.kemo.runtime.pipeline.ModalityInput;

/** Trains a model, stage after stage, and writes its folder. */
public final class ModelTraining {
    private final KemoConfiguration configuration;
    private final String resolved;
    private final ModelAssembly assembly;
    private final FeatureCache cache;
    private final Progress progress;

    /**
     * What came of a training.
     *
     * @param metrics by stage
     * @param parameters their number
     * @param epochs of all stages
     * @param problems what was left out of the data and why
     * @param notes what every report on these data repeats
     */
    public record Report(
            Map<String, Map<String, Double>> metrics,
            ParameterCount parameters,
            int epochs,
            List<String> problems,
            List<String> notes) {}

    /**
     * A training.
     *
     * @param resolved the configuration with defaults filled in, YAML; goes into the model folder
     */
    public ModelTraining(
            KemoConfiguration configuration,
            String resolved,
            ModelAssembly assembly,
            FeatureCache cache,
            Progress progress) {
        this.configuration = configuration;
        this.resolved = resolved;
        this.assembly = assembly;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * Trains and writes the model. A run that was killed goes on from its checkpoint.
     *
     * @param output the model folder
     * @param version of Kemo
     * @param plugins id to version and sum
     */
    public Report run(Path output, String version, Map<String, String> plugins) {
        TrainingConfiguration train = configuration
                .train()
                .orElseThrow(() -> KemoException.configuration(
                        "The configuration has no section [train].", "Add one, or extend a configuration that has."));
        Checkpoint checkpoint = new Checkpoint(output, sha256(List.of(resolved)));
        checkpoint.open();

        Map<String, FloatTensor> parameters = new LinkedHashMap<>();
        Map<Modality, ModalityNetwork> networks = new LinkedHashMap<>();
        Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
        Map<String, DataCard> data = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int epochs = 0;
        for (StageConfiguration stage : train.stages()) {
            String name = stage.name();
            StageData examples = prepare(stage, problems);
            notes.addAll(examples.card().notes());
            data.put(name, examples.card());
            for (Modality modality : modalities(stage)) {
                networks.computeIfAbsent(modality, key -> network(key, examples.training()));
            }
            EmotionNetwork network = new EmotionNetwork(
                    assembly.labels(),
                    modalities(stage).stream().map(networks::get).toList(),
                    stage.fusion() ? assembly.fusion() : Optional.empty());
            Optional<Map<String, FloatTensor>> finished = checkpoint.finished(name);
            if (finished.isPresent()) {
                parameters.putAll(finished.get());
                progress.note("The stage [" + name + "] was finished before.");
                continue;
            }
            StageTraining.Result result = new StageTraining(
                            stage, network, this::aligned, configuration.seed(), progress)
                    .run(train.engine().value(), parameters, examples.training(), examples.validation(), checkpoint);
            parameters.putAll(result.parameters());
            epochs += result.epochs();
            Map<String, Double> measured = new LinkedHashMap<>();
            measured.put("epochs", (double) result.epochs());
            if (!Double.isNaN(result.validationAccuracy())) {
                measured.put("validationAccuracy", result.validationAccuracy());
            }
            metrics.put(name, measured);
            checkpoint.finish(name, parameters);
        }

        List<ModalityNetwork> all = assembly.modalities().stream()
                .map(modality -> Optional.ofNullable(networks.get(modality))
                        .orElseThrow(() -> KemoException.configuration(
                                "No stage trains the modality [" + modality + "].",
                                "Name it under train.stages, or leave it out of the modalities.")))
                .toList();
        EmotionNetwork whole = new EmotionNetwork(assembly.labels(), all, assembly.fusion());
        byte[] onnx = OnnxNetwork.of("kemo", "Emotion from " + assembly.modalities(), whole, parameters)
                .bytes();
        long count = parameters.values().stream().mapToLong(FloatTensor::count).sum();
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                cards(all),
                Map.of(),
                new ParameterCount(count, count),
                metrics,
                new Provenance(version, configuration.seed(), plugins, data));
        ModelFolder.write(output, card, resolved, onnx, standardisations(all));
        checkpoint.remove();
        return new Report(metrics, card.parameters(), epochs, problems, notes);
    }

    private record StageData(List<Versions> training, List<Example> validation, DataCard card) {}

    private StageData prepare(StageConfiguration stage, List<String> problems) {
        Dataset dataset = stage.data().value().read();
        problems.addAll(dataset.problems());
        List<Utterance> training = new ArrayList<>();
        List<Utterance> validation = new ArrayList<>();
        for (Utterance utterance : dataset.utterances()) {
            if (utterance.split() == Split.VALIDATION) {
                validation.add(utterance);
            } else if (utterance.split() != Split.TEST) {
                training.add(utterance);
            }
        }
        List<String> notes = new ArrayList<>(dataset.notes());
        if (stage.validation().isPresent()) {
            Component<DatasetReader> reader = stage.validation().get();
            Dataset chosen = reader.value().read();
            problems.addAll(chosen.problems());
            notes.addAll(chosen.notes());
            validation.addAll(chosen.utterances());
        } else if (validation.isEmpty() && stage.holdOut() > 0) {
            HoldOut.Sides sides = new HoldOut(stage.holdOut(), stage.holdOutBy(), configuration.seed()).part(training);
            training = sides.kept();
            validation = sides.heldOut();
        }
        List<Versions> examples = versions(stage, training, problems);
        List<Example> choosing = examples(stage, List.of(), validation, problems);
        String sum = sha256(dataset.utterances().stream()
                .map(utterance -> utterance.id() + " " + utterance.label().orElse(""))
                .toList());
        return new StageData(
                examples, choosing, new DataCard(dataset.name(), training.size(), validation.size(), sum, notes));
    }

    /** Examples that the stage can use, by the modalities' own extractors or, where some are given, by those. */
    private List<Example> examples(
            StageConfiguration stage,
            List<Component<FeatureExtractor>> features,
            List<Utterance> utterances,
            List<String> problems) {
        if (utterances.isEmpty()) {
            return List.of();
        }
        progress.begins(stage.name() + ": preparing", utterances.size());
        ExamplePreparation.Prepared prepared = new ExamplePreparation(
                        modalities(stage).stream()
                                .map(assembly::pipeline)
                                .map(pipeline -> features.isEmpty() ? pipeline : pipeline.withFeatures(features))
                                .toList(),
                        cache)
                .prepare(utterances, progress);
        problems.addAll(prepared.problems());
        List<Example> usable = new ArrayList<>();
        for (Example example : prepared.examples()) {
            Optional<String> problem = unusable(stage, example);
            problem.ifPresentOrElse(problems::add, () -> usable.add(example));
        }
        return usable;
    }

    private Optional<String> unusable(StageConfiguration stage, Example example) {
        if (example.label().isEmpty()) {
            return Optional.of("[" + example.id() + "] has no label and was left out.");
        }
        String label = example.label().get();
        boolean known = stage.fusion()
                ? assembly.labels().contains(label)
                        || assembly.modalities().stream()
                                .anyMatch(each -> assembly.alignment(each).map().containsKey(label))
                : modalities(stage).stream()
                        .anyMatch(each -> assembly.alignment(each).from().contains(label));
        return known
                ? Optional.empty()
                : Optional.of("[" + example.id() + "] has the label [" + label
                        + "], which the stage does not know, and was left out.");
    }

    /** The training data with their versions, each paired with its original by its id. */
    private List<Versions> versions(StageConfiguration stage, List<Utterance> utterances, List<String> problems) {
        Map<String, List<Example>> byId = new LinkedHashMap<>();
        for (Example original : examples(stage, List.of(), utterances, problems)) {
            byId.put(original.id(), new ArrayList<>(List.of(original)));
        }
        for (Version version : stage.augmentation().versions()) {
            List<Utterance> heard = utterances.stream()
                    .filter(utterance -> byId.containsKey(utterance.id()))
                    .map(utterance -> atSpeed(utterance, version.speed()))
                    .toList();
            for (Example example : examples(stage, version.features(), heard, problems)) {
                byId.get(example.id()).add(example);
            }
        }
        return byId.values().stream().map(Versions::new).toList();
    }

    private static Utterance atSpeed(Utterance utterance, double speed) {
        if (speed == 1) {
            return utterance;
        }
        Map<Modality, Source> sources = new LinkedHashMap<>(utterance.sources());
        sources.replaceAll((modality, source) ->
                source instanceof Source.AudioFile file ? file.then(Perturbations.speed(speed)) : source);
        return new Utterance(utterance.id(), sources, utterance.label(), utterance.speaker(), utterance.split());
    }

    /** The modalities that a stage runs: all where the strategy is trained. */
    private List<Modality> modalities(StageConfiguration stage) {
        return stage.fusion()
                ? assembly.modalities()
                : assembly.modalities().stream()
                        .filter(modality -> stage.modalities().contains(modality.name()))
                        .toList();
    }

    private ModalityNetwork network(Modality modality, List<Versions> training) {
        List<FloatTensor> features = training.stream()
                .map(Versions::original)
                .flatMap(example -> Optional.ofNullable(example.inputs().get(modality)).stream())
                .map(ModalityInput::values)
                .filter(FloatTensor.class::isInstance)
                .map(FloatTensor.class::cast)
                .toList();
        boolean floats = assembly.pipeline(modality).type() == ElementType.FLOAT;
        int width = features.isEmpty() ? 0 : features.get(0).size(1);
        return assembly.network(modality, width, floats ? Optional.of(Standardisation.of(features)) : Optional.empty());
    }

    private Optional<String> aligned(Example example) {
        return example.label().map(assembly::align);
    }

    private static Map<String, ModalityCard> cards(List<ModalityNetwork> networks) {
        Map<String, ModalityCard> cards = new LinkedHashMap<>();
        networks.forEach(each -> cards.put(each.modality().name(), new ModalityCard(each.width(), each.cues())));
        return cards;
    }

    private static Map<String, Standardisation> standardisations(List<ModalityNetwork> networks) {
        Map<String, Standardisation> all = new LinkedHashMap<>();
        networks.forEach(each ->
                each.standardisation().ifPresent(by -> all.put(each.modality().name(), by)));
        return all;
    }

    private static String sha256(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
