package org.kemo.runtime.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;
import org.kemo.api.service.SessionLease;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.model.Prediction.ModalityPrediction;
import org.kemo.runtime.pipeline.ModalityInput;
import org.kemo.runtime.pipeline.ModalityPipeline;
import org.kemo.runtime.pipeline.ModalityPipeline.Medium;
import org.kemo.runtime.pipeline.StageClock;

/** A trained model that answers. Safe for use by several threads at once. */
public final class EmotionModel implements AutoCloseable {
    private static final String NETWORK = "network";

    private final ModelAssembly assembly;
    private final List<ModalityNetwork> networks;
    private final ModelCard card;
    private final Path folder;
    private final SessionLease lease;

    /**
     * A model over a session.
     *
     * @param assembly of the configuration that it was trained with
     * @param card what the model folder says
     * @param folder which that is
     * @param lease on the session of its network; closed with the model, and where there comes none of it
     * @throws KemoException category PLUGIN, where a component before the network has another version than in training, or a pretrained
     *     encoder has other weights or cannot be had
     */
    public EmotionModel(ModelAssembly assembly, ModelCard card, Path folder, SessionLease lease) {
        this.assembly = assembly;
        this.card = card;
        this.folder = folder;
        this.lease = lease;
        try {
            this.networks = assembly.modalities().stream()
                    .map(modality -> assembly.network(
                            modality, card.modalities().get(modality.name()).width(), Optional.empty()))
                    .toList();
            assembly.modalities().forEach(this::checkVersions);
            assembly.modalities().forEach(this::checkPretrained);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private void checkVersions(Modality modality) {
        Map<String, Integer> found = assembly.pipeline(modality).versions();
        card.modalities().get(modality.name()).versions().forEach((name, trained) -> {
            int version = found.getOrDefault(name, trained);
            if (version != trained) {
                throw KemoException.plugin(
                        "The model [" + folder + "] was trained with version [" + trained + "] of [" + name
                                + "] in the modality [" + modality + "], and this is [" + version
                                + "], which computes something else.",
                        "Train it again, or use the plugin that it was trained with.");
            }
        });
    }

    private void checkPretrained(Modality modality) {
        Optional<String> trained = card.modalities().get(modality.name()).pretrained();
        Optional<String> found = assembly.pretrained(modality);
        if (trained.isPresent() && !trained.equals(found)) {
            String where = assembly.pipeline(modality)
                    .pretrained()
                    .map(encoders -> " in " + encoders.named())
                    .orElse("");
            throw KemoException.plugin(
                    "The model [" + folder + "] was trained on vectors of the pretrained encoder [" + trained.get()
                            + "] in the modality [" + modality + "], and finds [" + found.orElse("none") + "]" + where
                            + ".",
                    "Get the files that it was trained with. Where they are the same, train it again: an earlier Kemo read fewer"
                            + " of their settings, and an ONNX file where weights lie beside it.");
        }
    }

    /** What the model folder says. */
    public ModelCard card() {
        return card;
    }

    /** The parts of the model. */
    public ModelAssembly assembly() {
        return assembly;
    }

    /**
     * An utterance after the frozen steps, with the time that they took.
     *
     * @param utterance what was said
     * @param views what each modality gives, as it is and then as it is heard otherwise; a modality in which there is nothing is not
     *     there, and the first says so for all
     * @param clock seconds by stage
     * @param audioSeconds length of its sound
     */
    public record Prepared(
            Utterance utterance, List<Map<Modality, ModalityInput>> views, StageClock clock, double audioSeconds) {
        /** What each modality gives as it is. */
        public Map<Modality, ModalityInput> inputs() {
            return views.get(0);
        }
    }

    /**
     * Takes an utterance through the frozen steps.
     *
     * @throws KemoException category INPUT, where a source cannot be used or there is nothing in any of them; PLUGIN, where a component
     *     breaks on one
     */
    public Prepared prepare(Utterance utterance) {
        try {
            return preparation(List.of(utterance), Optional.empty()).apply(utterance);
        } catch (ComponentFailure e) {
            throw e.words();
        }
    }

    /**
     * As {@link #prepare(Utterance)}, for utterances of which all are known and that are given in their order: their texts pass a
     * pretrained encoder many at a time. For one thread. Where a component breaks on an utterance, that is a {@link ComponentFailure}, and
     * the others can be taken all the same.
     *
     * @param cache keeps the results of frozen steps, and what is kept takes no time; empty to compute all of them
     */
    public Function<Utterance, Prepared> preparation(List<Utterance> utterances, Optional<FeatureCache> cache) {
        Map<Modality, Hearing> hearings = new LinkedHashMap<>();
        for (Modality modality : assembly.modalities()) {
            ModalityPipeline pipeline = assembly.pipeline(modality);
            List<Source> sources = utterances.stream()
                    .flatMap(utterance -> utterance.source(modality).stream())
                    .toList();
            hearings.put(
                    modality,
                    cache.map(kept -> kept(pipeline, sources, kept)).orElseGet(() -> timed(pipeline, sources)));
        }
        return utterance -> prepare(utterance, hearings);
    }

    /** What a modality gives, view by view, and the length of its sound. */
    private record Heard(List<Optional<ModalityInput>> views, double audioSeconds) {}

    private interface Hearing {
        Heard of(Source source, StageClock clock);
    }

    private static Hearing kept(ModalityPipeline pipeline, List<Source> sources, FeatureCache cache) {
        Function<Source, Optional<ModalityInput>> preparation = pipeline.preparation(sources, cache);
        return (source, clock) -> new Heard(views(pipeline, source, clock, preparation), 0);
    }

    private static Hearing timed(ModalityPipeline pipeline, List<Source> sources) {
        BiFunction<Source, StageClock, Optional<ModalityInput>> preparation = pipeline.preparation(sources);
        return (source, clock) -> {
            Source read = pipeline.read(source, clock);
            return new Heard(
                    views(pipeline, read, clock, view -> preparation.apply(view, clock)),
                    read instanceof Source.Sound sound ? sound.waveform().seconds() : 0);
        };
    }

    /**
     * What a source gives as it is and, where there is something in it, as it is heard otherwise: another speed would make something to
     * hear of silence, since a constant rings at its ends and what dithers it overshoots.
     */
    private static List<Optional<ModalityInput>> views(
            ModalityPipeline pipeline,
            Source source,
            StageClock clock,
            Function<Source, Optional<ModalityInput>> preparation) {
        List<Optional<ModalityInput>> views = new ArrayList<>(List.of(preparation.apply(source)));
        if (views.get(0).isPresent()) {
            pipeline.atOtherSpeeds(source, clock).forEach(other -> views.add(preparation.apply(other)));
        }
        return views;
    }

    private Prepared prepare(Utterance utterance, Map<Modality, Hearing> hearings) {
        StageClock clock = new StageClock();
        Map<Modality, List<Optional<ModalityInput>>> heard = new LinkedHashMap<>();
        double seconds = 0;
        for (Modality modality : assembly.modalities()) {
            Optional<Source> source = utterance.source(modality);
            if (source.isPresent()) {
                Heard one = hearings.get(modality).of(source.get(), clock);
                seconds = Math.max(seconds, one.audioSeconds());
                heard.put(modality, one.views());
            }
        }
        List<Map<Modality, ModalityInput>> views = views(heard);
        if (views.get(0).isEmpty()) {
            throw KemoException.input(
                    "The utterance [" + utterance.id() + "] is silent, empty or without any of " + assembly.modalities()
                            + ".",
                    "Give it sound that can be heard, or words.");
        }
        return new Prepared(utterance, views, clock, seconds);
    }

    /**
     * As many as the modality with most has; one that has no more stays as it is. A view in which nothing is left of a modality of the
     * first is left out: a mean over answers with it and without it would be the answer to neither.
     */
    private static List<Map<Modality, ModalityInput>> views(Map<Modality, List<Optional<ModalityInput>>> heard) {
        int count = heard.values().stream().mapToInt(List::size).max().orElse(1);
        List<Map<Modality, ModalityInput>> views = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i;
            Map<Modality, ModalityInput> view = new LinkedHashMap<>();
            heard.forEach(
                    (modality, all) -> all.get(at < all.size() ? at : 0).ifPresent(input -> view.put(modality, input)));
            if (views.isEmpty() || view.size() == views.get(0).size()) {
                views.add(view);
            }
        }
        return views;
    }

    /**
     * The answers for utterances side by side; the time of the network is shared out evenly.
     *
     * @throws KemoException category PLUGIN, where the encoder of a modality or the strategy leads to what are no probabilities
     */
    public List<Prediction> predict(List<Prepared> utterances) {
        return predict(utterances, Optional.empty());
    }

    /**
     * The same, of which only the own answers of one modality are asked for: others need be no probabilities.
     *
     * @param only which; empty for all answers
     */
    public List<Prediction> predict(List<Prepared> utterances, Optional<Modality> only) {
        long begin = System.nanoTime();
        Map<String, FloatTensor> outputs = lease.run(Batch.inputs(
                networks,
                utterances.stream().flatMap(each -> each.views().stream()).toList()));
        double share = (System.nanoTime() - begin) * 1e-9 / utterances.size();
        assembly.requireProbabilities(
                outputs,
                utterances.stream()
                        .flatMap(each -> each.views().stream()
                                .map(any -> each.utterance().id()))
                        .toList(),
                only);
        List<Prediction> predictions = new ArrayList<>();
        int row = 0;
        for (Prepared utterance : utterances) {
            int next = row + utterance.views().size();
            predictions.add(predict(utterance, outputs, row, next, share));
            row = next;
        }
        return predictions;
    }

    /**
     * An utterance of a recording and its words, each given to the modalities that read it.
     *
     * @throws KemoException category CONFIGURATION, where one of the two is there and no modality reads it
     */
    public Utterance utterance(String id, Optional<Path> recording, Optional<String> words) {
        recording.ifPresent(file -> requireReader(Medium.SOUND, "sound", id));
        words.ifPresent(text -> requireReader(Medium.TEXT, "words", id));
        Map<Modality, Source> sources = new LinkedHashMap<>();
        for (Modality modality : assembly.modalities()) {
            Medium medium = assembly.pipeline(modality).medium();
            if (medium == Medium.SOUND) {
                recording.ifPresent(file -> sources.put(modality, Source.AudioFile.of(file)));
            } else if (medium == Medium.TEXT) {
                words.ifPresent(text -> sources.put(modality, new Source.Text(text)));
            }
        }
        return new Utterance(id, sources, Optional.empty(), Optional.empty(), Split.NONE);
    }

    private void requireReader(Medium medium, String name, String id) {
        if (assembly.pipelines().stream().noneMatch(pipeline -> pipeline.medium() == medium)) {
            throw KemoException.configuration(
                    "None of the modalities " + assembly.modalities() + " of the model reads " + name + ", with which ["
                            + id + "] comes.",
                    "Leave it out, or choose a model that reads " + name + ".");
        }
    }

    /** The answer for one utterance; see {@link #prepare(Utterance)} and {@link #predict(List)}. */
    public Prediction predict(Utterance utterance) {
        return predict(List.of(prepare(utterance))).get(0);
    }

    /** From the rows {@code from} to {@code to} of the outputs, its views: their mean, and the diagnostics of the first. */
    private Prediction predict(
            Prepared prepared, Map<String, FloatTensor> outputs, int from, int to, double networkSeconds) {
        Map<String, ModalityPrediction> modalities = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (ModalityNetwork network : networks) {
            String name = network.modality().name();
            if (prepared.inputs().containsKey(network.modality())) {
                Map<String, Double> aligned = distribution(assembly.labels(), outputs.get(network.aligned()), from, to);
                FloatTensor weight = outputs.get(EmotionNetwork.WEIGHT + name);
                modalities.put(
                        name,
                        new ModalityPrediction(
                                likeliest(aligned),
                                aligned,
                                distribution(
                                        network.alignment().from(), outputs.get(network.probabilities()), from, to),
                                weight == null ? Double.NaN : mean(weight, 0, from, to)));
            } else {
                missing.add(name);
            }
        }
        Map<String, List<Double>> diagnostics = new LinkedHashMap<>();
        outputs.forEach((name, value) -> {
            if (name.startsWith(EmotionNetwork.DIAGNOSTIC)) {
                diagnostics.put(name.substring(EmotionNetwork.DIAGNOSTIC.length()), row(value, from));
            }
        });
        Map<String, Double> stages = new LinkedHashMap<>(prepared.clock().seconds());
        stages.put(NETWORK, networkSeconds);
        double total = prepared.clock().total() + networkSeconds;
        Map<String, Double> probabilities =
                distribution(assembly.labels(), outputs.get(EmotionNetwork.PROBABILITIES), from, to);
        return new Prediction(
                prepared.utterance().id(),
                likeliest(probabilities),
                probabilities,
                modalities,
                missing,
                diagnostics,
                prepared.audioSeconds(),
                stages,
                prepared.audioSeconds() == 0 ? 0 : total / prepared.audioSeconds());
    }

    private static Map<String, Double> distribution(LabelSpace space, FloatTensor probabilities, int from, int to) {
        Map<String, Double> distribution = new LinkedHashMap<>();
        for (int c = 0; c < space.size(); c++) {
            distribution.put(space.label(c), mean(probabilities, c, from, to));
        }
        return distribution;
    }

    private static double mean(FloatTensor values, int column, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            sum += values.at(row, column);
        }
        return sum / (to - from);
    }

    private static List<Double> row(FloatTensor values, int row) {
        int width = values.count() / values.size(0);
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            numbers.add((double) values.values()[row * width + i]);
        }
        return numbers;
    }

    private static String likeliest(Map<String, Double> distribution) {
        return distribution.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Override
    public void close() {
        lease.close();
    }
}
