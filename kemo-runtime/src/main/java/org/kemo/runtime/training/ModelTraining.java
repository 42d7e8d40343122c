package org.kemo.runtime.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.service.FeatureCache;
import org.kemo.api.training.TrainingEngine;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.ResolvedConfiguration;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.configuration.TrainingConfiguration;
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
import org.kemo.runtime.pipeline.ModalityPipeline;
import tools.jackson.databind.json.JsonMapper;

/** Trains a model, stage after stage, and writes its folder. */
public final class ModelTraining {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The options of a stage that say where its data come from. */
    private static final Set<String> DATA = Set.of("data", "validation");

    private final ResolvedConfiguration<KemoConfiguration> resolved;
    private final KemoConfiguration configuration;
    private final ModelAssembly assembly;
    private final TrainingData source;
    private final FeatureCache cache;
    private final Semaphore permits;
    private final Optional<FinishedStages> shared;
    private final Duration between;
    private final Progress progress;

    /**
     * What came of a training.
     *
     * @param metrics by stage
     * @param training the number of utterances that the last stage trained on
     * @param seen the utterances that a stage trained on, of all stages
     * @param parameters their number
     * @param problems what was left out of the data and why
     * @param notes what every report on these data repeats
     */
    public record Report(
            Map<String, Map<String, Double>> metrics,
            int training,
            List<Utterance> seen,
            ParameterCount parameters,
            List<String> problems,
            List<String> notes) {
        /** The epochs of all stages. */
        public int epochs() {
            return metrics.values().stream()
                    .mapToInt(stage ->
                            stage.getOrDefault(StageTraining.EPOCHS, 0.0).intValue())
                    .sum();
        }
    }

    /**
     * A training.
     *
     * @param resolved the configuration; goes into the model folder
     * @param source the data
     * @param cache keeps the results of frozen steps
     * @param permits one for each group of utterances that is prepared at the same time, shared with other trainings
     * @param shared finished stages that this training has in common with others
     * @param between the time from one checkpoint to the next within an epoch
     */
    public ModelTraining(
            ResolvedConfiguration<KemoConfiguration> resolved,
            ModelAssembly assembly,
            TrainingData source,
            FeatureCache cache,
            Semaphore permits,
            Optional<FinishedStages> shared,
            Duration between,
            Progress progress) {
        this.resolved = resolved;
        this.configuration = resolved.value();
        this.assembly = assembly;
        this.source = source;
        this.cache = cache;
        this.permits = permits;
        this.shared = shared;
        this.between = between;
        this.progress = progress;
    }

    /**
     * Trains and writes the model. A run that was stopped or killed goes on from its checkpoint, with the same configuration, data, Kemo and
     * plugins alone; the data may lie elsewhere. While one is at work in a folder, another is refused.
     *
     * @param output the model folder
     * @param version of Kemo, for the model's card
     * @param build what tells this Kemo from others of that version
     * @param plugins those that a configuration, or a part of one, uses: id to version and sum
     */
    public Report run(
            Path output,
            String version,
            String build,
            Function<Map<String, Object>, ? extends Map<String, String>> plugins) {
        assembly.check();
        Map<StageConfiguration, StageUtterances> data = data();
        requireShapes(data.values());
        String run = Sha256.of(String.join(
                "\n",
                fingerprint(data.values()),
                version,
                build,
                new TreeMap<>(plugins.apply(resolved.values())).toString()));
        try (Checkpoint checkpoint = new Checkpoint(output, run)) {
            checkpoint.refuseOtherRun();
            return run(output, data, checkpoint, version, build, plugins);
        }
    }

    private Report run(
            Path output,
            Map<StageConfiguration, StageUtterances> data,
            Checkpoint checkpoint,
            String version,
            String build,
            Function<Map<String, Object>, ? extends Map<String, String>> plugins) {
        TrainingEngine engine = train().engine().value();
        Map<String, FloatTensor> parameters = new LinkedHashMap<>();
        Map<Modality, ModalityNetwork> networks = new LinkedHashMap<>();
        Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
        Map<String, DataCard> cards = new LinkedHashMap<>();
        Set<String> problems = new LinkedHashSet<>();
        Set<String> notes = new LinkedHashSet<>();
        FittedValues fitted = FittedValues.NONE;
        Map<StageConfiguration, String> keys = new LinkedHashMap<>();
        for (StageConfiguration stage : train().stages()) {
            String name = stage.name();
            StageUtterances utterances = data.get(stage);
            StageExamples examples = new StageExamples(stage, assembly, modalities(stage), cache, permits, progress);
            List<Versions> training = examples.training(utterances.training());
            List<Example> validation = examples.validation(utterances.validation());
            // What cannot be prepared leaves nothing behind.
            checkpoint.open();
            problems.addAll(utterances.problems());
            problems.addAll(examples.problems());
            notes.addAll(utterances.notes());
            cards.put(
                    name,
                    new DataCard(
                            utterances.name(),
                            training.size(),
                            validation.size(),
                            utterances.sha256(),
                            utterances.notes()));
            List<Example> originals = training.stream().map(Versions::original).toList();
            for (Modality modality : modalities(stage)) {
                if (!networks.containsKey(modality)) {
                    ModalityNetwork begun = network(modality, originals);
                    networks.put(modality, begun);
                    fitted = fitted.with(FittedValues.of(begun, assembly, originals));
                }
            }
            EmotionNetwork network = new EmotionNetwork(
                    assembly.labels(),
                    modalities(stage).stream().map(networks::get).toList(),
                    stage.fusion() ? assembly.fusion() : Optional.empty());
            if (stage.fusion()) {
                fitted = fitted.with(FittedValues.of(network, assembly, originals));
            }
            if (shared.isPresent()) {
                keys.put(stage, key(stage, utterances, keys, version + " " + build, plugins));
            }
            Optional<FinishedStages.Finished> before = checkpoint.finished(name);
            before.ifPresent(any -> progress.note("The stage [" + name + "] was finished before."));
            StageTraining stageTraining = new StageTraining(
                    stage, network, fitted.within(network), assembly, configuration.seed(), between, progress);
            Supplier<FinishedStages.Finished> train =
                    () -> stageTraining.run(engine, parameters, training, validation, checkpoint);
            FinishedStages.Finished finished = before.orElseGet(() ->
                    shared.map(stages -> stages.once(keys.get(stage), train)).orElseGet(train));
            parameters.putAll(finished.parameters());
            metrics.put(name, finished.metrics());
            if (before.isEmpty()) {
                checkpoint.finish(name, finished);
            }
        }

        List<ModalityNetwork> all =
                assembly.modalities().stream().map(networks::get).toList();
        EmotionNetwork whole = new EmotionNetwork(assembly.labels(), all, assembly.fusion());
        byte[] onnx = OnnxNetwork.of("kemo", "Emotion from " + assembly.modalities(), whole, parameters)
                .bytes();
        long count = parameters.values().stream().mapToLong(FloatTensor::count).sum();
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                cards(all),
                Map.of(),
                new ParameterCount(count - fitted.count(), count),
                metrics,
                new Provenance(version, configuration.seed(), plugins.apply(resolved.values()), cards));
        ModelFolder.write(output, card, resolved.yaml(), onnx, standardisations(all));
        checkpoint.remove();
        int training = cards.values().stream()
                .reduce((first, last) -> last)
                .orElseThrow()
                .training();
        List<Utterance> seen = data.values().stream()
                .flatMap(utterances -> utterances.training().stream())
                .toList();
        return new Report(metrics, training, seen, card.parameters(), List.copyOf(problems), List.copyOf(notes));
    }

    /** What tells this training from one with another configuration or other data: 64 hexadecimal digits. */
    public String fingerprint() {
        return fingerprint(data().values());
    }

    /**
     * The labels of the utterances that the last stage trains on, in the data's own words.
     *
     * @param modality of the last stage that trains its classifier; without it, and where no stage does, of the last of all
     */
    public List<String> labels(Optional<Modality> modality) {
        List<StageConfiguration> stages = train().stages();
        StageConfiguration last = stages.stream()
                .filter(stage -> modality.map(Modality::name)
                        .filter(stage.modalities()::contains)
                        .isPresent())
                .reduce((earlier, later) -> later)
                .orElse(stages.get(stages.size() - 1));
        return StageUtterances.read(last, source, configuration.seed(), FileSums.inMemory()).training().stream()
                .flatMap(utterance -> utterance.label().stream())
                .toList();
    }

    private TrainingConfiguration train() {
        return configuration
                .train()
                .orElseThrow(() -> KemoException.configuration(
                        "The configuration has no section [train].", "Add one, or extend a configuration that has."));
    }

    /** Of all that decides on what a stage leaves: two trainings with the same key may share it. */
    private String key(
            StageConfiguration stage,
            StageUtterances utterances,
            Map<StageConfiguration, String> earlier,
            String kemo,
            Function<Map<String, Object>, ? extends Map<String, String>> plugins) {
        Map<String, Object> tree = decisive();
        Map<String, Object> part = new LinkedHashMap<>();
        List<Modality> modalities = modalities(stage);
        Map<?, ?> train = (Map<?, ?>) tree.get("train");
        part.put("engine", train.get("engine"));
        part.put("stage", ((List<?>) train.get("stages")).get(earlier.size()));
        part.put("labels", tree.get("labels"));
        modalities.forEach(
                modality -> part.put(modality.name(), ((Map<?, ?>) tree.get("modalities")).get(modality.name())));
        modalities.forEach(modality ->
                assembly.pretrained(modality).ifPresent(sum -> part.put("pretrained " + modality.name(), sum)));
        if (stage.fusion()) {
            part.put("fusion", tree.get("fusion"));
        }
        List<String> before = new ArrayList<>();
        earlier.forEach((other, key) -> {
            if (modalities(other).stream().anyMatch(modalities::contains)) {
                before.add(key);
            }
        });
        return Sha256.of(String.join(
                "\n",
                kemo,
                Long.toString(configuration.seed()),
                text(part),
                plugins.apply(part).toString(),
                utterances.sha256(),
                before.toString()));
    }

    /** What decides on the model but for the data: their utterances are summed, and neither where they lie nor who reads them decides. */
    private Map<String, Object> decisive() {
        Map<String, Object> values = resolved.values();
        if (values.get("train") instanceof Map<?, ?> train && train.get("stages") instanceof List<?> stages) {
            stages.forEach(stage -> ((Map<?, ?>) stage).keySet().removeAll(DATA));
        }
        return values;
    }

    private static String text(Map<String, Object> values) {
        return JSON.writeValueAsString(withContents(values));
    }

    /** With what a file holds in the place of its path, which alone decides. */
    private static Object withContents(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> contents = new LinkedHashMap<>();
            map.forEach((key, each) -> contents.put(key.toString(), withContents(each)));
            return contents;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ModelTraining::withContents).toList();
        }
        return value instanceof Path path ? content(path) : value;
    }

    private static String content(Path path) {
        try {
            return Files.isRegularFile(path) ? "SHA-256 " + Sha256.of(path) : path.toString();
        } catch (IOException unreadable) {
            // Whoever reads it says so.
            return path.toString();
        }
    }

    private Map<StageConfiguration, StageUtterances> data() {
        FileSums sums = FileSums.inMemory();
        Map<StageConfiguration, StageUtterances> data = new LinkedHashMap<>();
        train().stages()
                .forEach(stage -> data.put(stage, StageUtterances.read(stage, source, configuration.seed(), sums)));
        return data;
    }

    /** A strategy with parameters needs a stage that trains it. */
    private void requireTrainingOfTheStrategy(Map<Modality, Integer> widths) {
        if (assembly.fusion().isEmpty() || train().stages().stream().anyMatch(StageConfiguration::fusion)) {
            return;
        }
        EmotionNetwork network = new EmotionNetwork(
                assembly.labels(),
                assembly.modalities().stream()
                        .map(modality -> assembly.network(modality, widths.get(modality), Optional.empty()))
                        .toList(),
                assembly.fusion());
        if (NetworkParameters.shapes(network).keySet().stream()
                .anyMatch(name -> name.startsWith(EmotionNetwork.FUSION + "/"))) {
            throw KemoException.configuration(
                    "No stage trains the fusion strategy ["
                            + configuration.fusion().orElseThrow().type() + "].",
                    "Add a stage with fusion: true under train.stages.");
        }
    }

    /** Where neither the pipeline nor any utterance tells the width of a modality, there is nothing to train on either. */
    private void requireShapes(Collection<StageUtterances> data) {
        Map<Modality, Integer> widths = new LinkedHashMap<>();
        for (ModalityPipeline pipeline : assembly.pipelines()) {
            pipeline.width()
                    .or(() -> data.stream()
                            .flatMap(utterances -> utterances.training().stream())
                            .flatMap(utterance -> utterance.source(pipeline.modality()).stream())
                            .flatMap(source -> pipeline.widthOf(source).stream())
                            .findFirst())
                    .ifPresent(width -> widths.put(pipeline.modality(), width));
        }
        if (widths.size() == assembly.modalities().size()) {
            assembly.checkShapes(widths);
            requireTrainingOfTheStrategy(widths);
        }
    }

    /** The modalities that a stage runs: all where the strategy is trained. */
    private List<Modality> modalities(StageConfiguration stage) {
        return stage.fusion()
                ? assembly.modalities()
                : assembly.modalities().stream()
                        .filter(modality -> stage.modalities().contains(modality.name()))
                        .toList();
    }

    private ModalityNetwork network(Modality modality, List<Example> training) {
        boolean floats = assembly.pipeline(modality).type() == ElementType.FLOAT;
        List<FloatTensor> features = floats ? Example.values(training, modality, FloatTensor.class) : List.of();
        if (floats && features.isEmpty()) {
            throw StageExamples.nothingIn(modality);
        }
        if (!assembly.standardises(modality)) {
            return assembly.network(modality, 0, Optional.empty());
        }
        int width = features.get(0).size(1);
        if (assembly.pretrained(modality).isEmpty()) {
            return assembly.network(modality, width, Optional.of(Standardisation.of(features)));
        }
        // A pooled vector and, behind it, tokens where they are asked for: it is measured as where there are none.
        Optional<Standardisation> tokens = features.stream().anyMatch(steps -> steps.size(0) > 1)
                ? Optional.of(Standardisation.of(features, 1, Integer.MAX_VALUE))
                : Optional.empty();
        return assembly.network(modality, width, Optional.of(Standardisation.of(features, 0, 1)), tokens);
    }

    private Map<String, ModalityCard> cards(List<ModalityNetwork> networks) {
        Map<String, ModalityCard> cards = new LinkedHashMap<>();
        networks.forEach(each -> cards.put(
                each.modality().name(),
                new ModalityCard(
                        each.width(),
                        each.cues(),
                        assembly.pipeline(each.modality()).versions(),
                        assembly.pretrained(each.modality()))));
        return cards;
    }

    private static Map<String, Standardisation> standardisations(List<ModalityNetwork> networks) {
        Map<String, Standardisation> all = new LinkedHashMap<>();
        networks.forEach(each ->
                each.standardisation().ifPresent(by -> all.put(each.modality().name(), by)));
        return all;
    }

    private String fingerprint(Collection<StageUtterances> data) {
        List<String> parts = new ArrayList<>(List.of(text(decisive())));
        data.forEach(each -> parts.add(each.sha256()));
        assembly.modalities().forEach(modality -> assembly.pretrained(modality).ifPresent(parts::add));
        return Sha256.of(String.join("\n", parts));
    }
}
