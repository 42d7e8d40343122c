package org.kemo.runtime.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Perturbation;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.encoder.WholeTextEncoder;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.configuration.ModalityConfiguration;

/**
 * The frozen steps of one modality, from its source to what its network reads: sound is read, preprocessed and turned to
 * features; text becomes ids; ready features pass. A pure function, safe for use by several threads at once.
 */
public final class ModalityPipeline {
    /** Two steps of 16 bits from the lowest to the highest sample. */
    private static final float SILENCE = 2 / 32768f;
    /** Enough that texts of similar length pass a pretrained encoder at once, few enough to hold what it makes of them. */
    private static final int TOGETHER = 128;

    private final Modality modality;
    private final ModalityConfiguration configuration;
    private final AudioReader reader;
    private final SoundSteps steps;
    private final Optional<PretrainedEncoders> pretrained;

    /** The pipeline that a configuration describes. */
    public ModalityPipeline(Modality modality, ModalityConfiguration configuration, AudioReader reader) {
        this.modality = modality;
        this.configuration = configuration;
        this.reader = reader;
        this.steps = new SoundSteps(configuration.preprocess(), configuration.features());
        this.pretrained = PretrainedEncoders.of(modality, configuration);
    }

    /** The same steps with other feature extractors, where there are any. */
    public ModalityPipeline withFeatures(List<Component<FeatureExtractor>> features) {
        return extractors().isEmpty()
                ? this
                : new ModalityPipeline(modality, configuration.withFeatures(features), reader);
    }

    /** How many utterances are worth preparing together: many where texts pass a pretrained encoder, else one. */
    public static int together(Collection<ModalityPipeline> pipelines) {
        return pipelines.stream().anyMatch(each -> each.pretrained().isPresent()) ? TOGETHER : 1;
    }

    /** The modality. */
    public Modality modality() {
        return modality;
    }

    /** Its pretrained encoders; empty where a network encodes. */
    public Optional<PretrainedEncoders> pretrained() {
        return pretrained;
    }

    /**
     * Its pretrained encoder as one network from the ids of tokens.
     *
     * @throws KemoException category CONFIGURATION, where a network encodes, several stand side by side, or the one is not written as a
     *     network of Kemo's
     */
    public WholeTextEncoder whole() {
        return pretrained
                .orElseThrow(() -> KemoException.configuration(
                        "The encoder [" + encoderType() + "] of the modality [" + modality
                                + "] is no pretrained transformer.",
                        "Export a model whose encoder is one, such as mbert."))
                .whole();
    }

    /** What the steps begin with. */
    public enum Medium {
        /** A waveform. */
        SOUND,
        /** Words. */
        TEXT,
        /** Features that were computed elsewhere. */
        FEATURES
    }

    /** What the steps begin with. */
    public Medium medium() {
        if (configuration.readsText()) {
            return Medium.TEXT;
        }
        return extractors().isEmpty() ? Medium.FEATURES : Medium.SOUND;
    }

    /** The type of what the network reads. */
    public ElementType type() {
        return encoder() instanceof TextNetworkEncoder ? ElementType.LONG : ElementType.FLOAT;
    }

    /** The width D or K of a step; empty where ready features decide it. */
    public Optional<Integer> width() {
        if (encoder() instanceof TextNetworkEncoder text) {
            return Optional.of(text.width());
        }
        if (pretrained.isPresent()) {
            return Optional.of(pretrained.get().width());
        }
        return extractors().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        extractors().stream().mapToInt(FeatureExtractor::width).sum() * configuration.stackFrames());
    }

    /** The width D of a step that the network reads of a source of ready features; empty where it is no such source. */
    public Optional<Integer> widthOf(Source source) {
        return source instanceof Source.Features features
                        && features.values().rank() == 2
                        && features.values().size(1) > 0
                ? Optional.of(features.values().size(1) * configuration.stackFrames())
                : Optional.empty();
    }

    /** The names of the cues, in order. */
    public List<String> cues() {
        return configuration.cues();
    }

    /** The versions of the components that make what the network reads, by name; an encoder that is all network is none of them. */
    public Map<String, Integer> versions() {
        Map<String, Integer> versions = new LinkedHashMap<>();
        configuration.preprocess().forEach(step -> versions.put(step.type(), step.version()));
        configuration.features().forEach(step -> versions.put(step.type(), step.version()));
        if (configuration.readsText() || pretrained.isPresent()) {
            configuration.encoder().forEach(step -> versions.put(step.type(), step.version()));
        }
        return versions;
    }

    /**
     * What the network reads for this source; empty where there is nothing in it, such as silence or an empty text.
     *
     * @param stages takes the seconds of each step
     * @throws KemoException category INPUT, where the source cannot be used
     * @throws ComponentFailure where a component breaks on it
     */
    public Optional<ModalityInput> prepare(Source source, StageClock stages) {
        if (source instanceof Source.Text text) {
            return prepareText(text.text(), stages);
        }
        if (source instanceof Source.Features features) {
            return prepareFeatures(features.values());
        }
        return prepareSound(((Source.Sound) read(source, stages)).waveform(), stages);
    }

    /** The source with its sound in memory; other sources as they are. */
    public Source read(Source source, StageClock stages) {
        if (source instanceof Source.AudioFile file) {
            return new Source.Sound(stages.time("read", () -> sound(file)));
        }
        return source;
    }

    /** Sound at the other speeds at which it is heard for an answer; nothing, where a source is no sound. */
    public List<Source> atOtherSpeeds(Source source, StageClock stages) {
        List<Source> others = new ArrayList<>();
        for (double speed : configuration.testTimeSpeeds()) {
            if (source instanceof Source.AudioFile file) {
                others.add(file.then(Perturbations.speed(speed)));
            } else if (source instanceof Source.Sound sound) {
                others.add(new Source.Sound(stages.time(
                        "testTimeSpeeds", () -> Perturbations.speed(speed).apply(sound.waveform()))));
            }
        }
        return others;
    }

    /**
     * As {@link #prepare(Source, StageClock)}, with what each extractor finds in a file of sound kept in the cache: pipelines that share
     * an extractor and what comes before it share its results.
     */
    public Optional<ModalityInput> prepare(Source source, FeatureCache cache) {
        if (source instanceof Source.Text text && pretrained.isPresent()) {
            return encoding(text, () -> pretrained.get().encode(text, cache));
        }
        if (!(source instanceof Source.AudioFile file) || extractors().isEmpty()) {
            return prepare(source, new StageClock());
        }
        String sound = configuration.preprocess().stream()
                        .map(Component::fingerprint)
                        .toList()
                + " " + sha256(file.path())
                + file.perturbations().stream().map(Perturbation::fingerprint).toList();
        StageClock stages = new StageClock();
        Supplier<PreprocessedSound> processed = once(() -> preprocessed(sound(file), stages));
        List<FeatureSequence> sequences = new ArrayList<>();
        for (Component<FeatureExtractor> step : configuration.features()) {
            FloatTensor kept = cache.get(
                    step.fingerprint() + " of " + sound,
                    () -> pack(step.value(), processed.get().extract(step, stages)));
            unpack(step.value(), kept).ifPresent(sequences::add);
        }
        return sequences.size() < extractors().size() ? Optional.empty() : Optional.of(joined(sequences));
    }

    /**
     * As {@link #prepare(Source, FeatureCache)}, for sources of which all are known and that are given in their order: texts for a
     * pretrained encoder pass it many at a time. For one thread. Where several vectors stand for a text, those of its tokens, they are
     * large together, and an input fetches them from the cache each time, if they are kept there.
     */
    public Function<Source, Optional<ModalityInput>> preparation(List<Source> sources, FeatureCache cache) {
        if (pretrained.isEmpty()) {
            return source -> prepare(source, cache);
        }
        BiFunction<Source.Text, StageClock, FloatTensor> encoding =
                pretrained.get().encoding(words(sources), cache);
        return source -> {
            if (!(source instanceof Source.Text text)) {
                return prepare(source, cache);
            }
            Optional<ModalityInput> held = encoding(text, () -> encoding.apply(text, new StageClock()));
            return held.map(input -> input.steps() > 1 ? pretrained.get().fetched(input, text, cache) : input);
        };
    }

    /** The same without a cache, with the seconds of each step; each text has its share of what many take together. */
    public BiFunction<Source, StageClock, Optional<ModalityInput>> preparation(List<Source> sources) {
        if (pretrained.isEmpty()) {
            return this::prepare;
        }
        BiFunction<Source.Text, StageClock, FloatTensor> encoding =
                pretrained.get().encoding(words(sources), (key, compute) -> compute.get());
        return (source, stages) -> source instanceof Source.Text text
                ? encoding(text, () -> encoding.apply(text, stages))
                : prepare(source, stages);
    }

    private static List<Source.Text> words(List<Source> sources) {
        return sources.stream()
                .filter(Source.Text.class::isInstance)
                .map(Source.Text.class::cast)
                .filter(text -> !text.text().isBlank())
                .toList();
    }

    private Optional<ModalityInput> prepareFeatures(FloatTensor values) {
        if (type() != ElementType.FLOAT) {
            throw KemoException.input(
                    "The modality [" + modality + "] was given features, which its encoder [" + encoderType()
                            + "] does not read.",
                    "Give it a text, or choose an encoder of features.");
        }
        if (values.rank() != 2 || values.size(1) == 0) {
            throw KemoException.input(
                    "The modality [" + modality + "] was given features of the shape " + Arrays.toString(values.shape())
                            + ".",
                    "Give one row of features for each frame, [T, D].");
        }
        requireFinite(
                "The modality [" + modality + "] was given features that hold",
                "Give finite numbers.",
                values.values());
        return values.size(0) == 0 ? Optional.empty() : Optional.of(new ModalityInput(stack(cut(values)), Map.of()));
    }

    /**
     * Refuses numbers that no network can go on from.
     *
     * @param what begins the sentence that ends with the number
     * @throws KemoException category INPUT, where one is infinite or none
     */
    static void requireFinite(String what, String remedy, float... values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw KemoException.input(what + " [" + value + "].", remedy);
            }
        }
    }

    private Optional<ModalityInput> prepareText(String text, StageClock stages) {
        if (pretrained.isPresent()) {
            Source.Text words = new Source.Text(text);
            return encoding(
                    words,
                    () -> stages.time(
                            PretrainedEncoders.ENCODE, () -> pretrained.get().encode(words)));
        }
        if (!(encoder() instanceof TextNetworkEncoder tokens)) {
            throw KemoException.input(
                    "The modality [" + modality + "] was given a text, which its encoder [" + encoderType()
                            + "] does not read.",
                    "Give it sound or features, or choose a text encoder.");
        }
        LongTensor ids = stages.time(
                "tokenize",
                () -> ComponentFailure.attempt(
                        "The encoder [" + encoderType() + "] of the modality [" + modality + "] fails on a text",
                        () -> rows(tokens.tokenize(text))));
        return ids.size(0) == 0 ? Optional.empty() : Optional.of(ModalityInput.ids(ids));
    }

    /** What runs a model counts a negative id from the end of a table, and answers. Which ids are too large, the network alone knows. */
    private static LongTensor rows(LongTensor ids) {
        for (long id : ids.values()) {
            if (id < 0) {
                throw new IllegalArgumentException("It makes the id [" + id
                        + "] of it. An id is 0 or above, and a row of each" + " table in which it is looked up.");
            }
        }
        return ids;
    }

    /** What pretrained encoders make of a text; nothing where there are no words in it. */
    private static Optional<ModalityInput> encoding(Source.Text text, Supplier<FloatTensor> steps) {
        String words = text.text().strip();
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModalityInput(
                        steps.get(), Map.of(ModalityConfiguration.TOKENS, (float) words.split("\\s+").length)));
    }

    private Optional<ModalityInput> prepareSound(Waveform read, StageClock stages) {
        if (extractors().isEmpty()) {
            throw KemoException.input(
                    "The modality [" + modality + "] was given sound but has no feature extractors.",
                    "Name some under modalities." + modality + ".features.");
        }
        PreprocessedSound processed = preprocessed(read, stages);
        List<FeatureSequence> sequences = new ArrayList<>();
        for (Component<FeatureExtractor> step : configuration.features()) {
            processed.extract(step, stages).ifPresent(sequences::add);
        }
        return sequences.isEmpty() ? Optional.empty() : Optional.of(joined(sequences));
    }

    /** What the extractors hear: nothing, where there is nothing to hear. */
    private PreprocessedSound preprocessed(Waveform read, StageClock stages) {
        return isSilent(read.samples())
                ? new PreprocessedSound(read.slice(0, 0), Map.of())
                : steps.preprocess(read, stages);
    }

    private ModalityInput joined(List<FeatureSequence> sequences) {
        Map<String, Float> cues = new LinkedHashMap<>();
        sequences.forEach(sequence -> cues.putAll(sequence.cues()));
        return new ModalityInput(stack(cut(join(sequences))), cues);
    }

    /** Whether nothing vibrates, but for what a recorder of 16 bits adds to keep its rounding from being heard. */
    private static boolean isSilent(float[] samples) {
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (float sample : samples) {
            least = Math.min(least, sample);
            largest = Math.max(largest, sample);
        }
        return largest - least <= SILENCE;
    }

    private Waveform sound(Source.AudioFile file) {
        Waveform waveform = reader.read(file.path());
        for (Perturbation perturbation : file.perturbations()) {
            waveform = perturbation.apply(waveform);
        }
        return waveform;
    }

    private static FloatTensor join(List<FeatureSequence> sequences) {
        if (sequences.size() == 1) {
            return sequences.get(0).values();
        }
        int frames = sequences.stream().mapToInt(FeatureSequence::frames).min().orElseThrow();
        int width = sequences.stream().mapToInt(FeatureSequence::width).sum();
        float[] joined = new float[frames * width];
        int column = 0;
        for (FeatureSequence sequence : sequences) {
            float[] values = sequence.values().values();
            for (int t = 0; t < frames; t++) {
                System.arraycopy(values, t * sequence.width(), joined, t * width + column, sequence.width());
            }
            column += sequence.width();
        }
        return FloatTensor.of(joined, frames, width);
    }

    private FloatTensor cut(FloatTensor values) {
        int frames = Math.min(values.size(0), configuration.maxFrames());
        return frames == values.size(0)
                ? values
                : FloatTensor.of(Arrays.copyOf(values.values(), frames * values.size(1)), frames, values.size(1));
    }

    /** Puts frames side by side; the last frame is repeated to fill the last stack. */
    private FloatTensor stack(FloatTensor values) {
        int height = configuration.stackFrames();
        if (height == 1) {
            return values;
        }
        int width = values.size(1);
        int stacks = (values.size(0) + height - 1) / height;
        float[] stacked = Arrays.copyOf(values.values(), stacks * height * width);
        for (int t = values.size(0); t < stacks * height; t++) {
            System.arraycopy(values.values(), values.count() - width, stacked, t * width, width);
        }
        return FloatTensor.of(stacked, stacks, height * width);
    }

    /** One entry holds the values row by row and, as one more row, the cues; a clip with nothing in it is an empty one. */
    private static FloatTensor pack(FeatureExtractor extractor, Optional<FeatureSequence> sequence) {
        if (sequence.isEmpty()) {
            return FloatTensor.zeros(0);
        }
        List<String> cues = extractor.cues();
        float[] values = sequence.get().values().values();
        float[] row = Arrays.copyOf(values, values.length + cues.size());
        for (int i = 0; i < cues.size(); i++) {
            row[values.length + i] = sequence.get().cues().getOrDefault(cues.get(i), 0f);
        }
        return FloatTensor.of(row, row.length);
    }

    private static Optional<FeatureSequence> unpack(FeatureExtractor extractor, FloatTensor packed) {
        if (packed.count() == 0) {
            return Optional.empty();
        }
        List<String> names = extractor.cues();
        int count = packed.count() - names.size();
        Map<String, Float> cues = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            cues.put(names.get(i), packed.at(count + i));
        }
        FloatTensor values =
                FloatTensor.of(Arrays.copyOf(packed.values(), count), count / extractor.width(), extractor.width());
        return Optional.of(new FeatureSequence(values, cues));
    }

    private static <V> Supplier<V> once(Supplier<V> supplier) {
        return new Supplier<>() {
            private Optional<V> value = Optional.empty();

            @Override
            public V get() {
                if (value.isEmpty()) {
                    value = Optional.of(supplier.get());
                }
                return value.get();
            }
        };
    }

    private Encoder encoder() {
        return configuration.encoder().get(0).value();
    }

    private String encoderType() {
        return configuration.encoder().get(0).type();
    }

    private List<FeatureExtractor> extractors() {
        return configuration.features().stream().map(Component::value).toList();
    }

    private static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw KemoException.input("The file [" + file + "] cannot be read.", "Check its path and its permissions.")
                    .causedBy(e);
        }
    }
}
