package org.kemo.transformertext;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.WholeTextEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.ModelStore;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionPool;
import org.kemo.api.service.Weights;

/**
 * The parts of a model's folder.
 *
 * @param onnx what the session pool runs
 * @param input what is done to a text before
 * @param tokenizer cuts text into ids
 * @param layers from hidden states to one vector
 * @param vocabulary rows of the table of words, where they are known
 * @param width d of the hidden states
 * @param firstPosition where positions begin
 * @param padding the id of the token for padding
 * @param tuned the layers that go on from the hidden states, where there are such
 * @param whole all of it as one network of float32; empty where it is a ready file, of another precision, or changes texts before
 * @param fingerprint a SHA-256 sum of all that decides the answers: files, what small files say, language and precision
 */
record OpenedModel(
        Path onnx,
        SentenceInput input,
        TextTokenizer tokenizer,
        SentenceLayers layers,
        OptionalInt vocabulary,
        int width,
        int firstPosition,
        int padding,
        Optional<NetworkEncoder> tuned,
        Optional<WholeTextEncoder> whole,
        String fingerprint) {
    /** Raise it when {@link TransformerNetwork} computes something else. */
    private static final String NETWORK = "transformer-text 1";

    /** What tokenizers write as the longest text where they know none. */
    private static final double NO_BOUND = 1e6;

    private static final int USUAL_BOUND = 512;

    /**
     * Looks at a folder and reads what is small.
     *
     * @param tokenizers hold the folder's, where others read it too
     * @param sessions run a ready file of which config.json does not say how wide it is
     * @throws KemoException category PLUGIN, where a part is missing or does not fit the others; CONFIGURATION, where options do not
     *     fit what is there
     */
    static OpenedModel open(
            TextModel model, ModelStore models, ModelFiles files, SharedTokenizers tokenizers, SessionPool sessions) {
        Path folder = models.resolve(model.reference());
        Path configuration = folder.resolve("config.json");
        if (!Files.isRegularFile(configuration)) {
            throw KemoException.plugin(
                    "The model [" + model.reference() + "] has no [" + configuration + "].",
                    "Name a folder in the layout of the Hugging Face hub.");
        }
        JsonFile config = JsonFile.read(configuration);
        Optional<Path> ready = ReadyFiles.find(
                folder, model, Architecture.isKnown(config), findWeights(folder).isPresent());
        // A ready model may be of a kind that Kemo has no network for.
        Optional<Architecture> architecture =
                ready.isPresent() ? Optional.empty() : Optional.of(Architecture.of(config));
        List<Path> read = new ArrayList<>();
        Path tokenizerFile = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(tokenizerFile)) {
            throw KemoException.plugin(
                    "The model [" + model.reference() + "] has no [" + tokenizerFile + "].",
                    "Save it with the transformers library: AutoTokenizer.from_pretrained(...).save_pretrained(FOLDER)"
                            + " writes tokenizer.json; FOLDER is [" + folder + "].");
        }
        int own = Architecture.longest(config).orElse(USUAL_BOUND);
        int bound = Math.min(own, bound(folder));
        int maxTokens = model.maxTokens() > 0 ? Math.min(model.maxTokens(), bound) : bound;
        TextTokenizer tokenizer = tokenizers.open(tokenizerFile, maxTokens, model.language());
        checkRoom(model, tokenizer.added(), maxTokens);
        int width = architecture
                .map(Architecture::width)
                .or(() -> Architecture.declaredWidth(config))
                .orElseGet(() -> givenWidth(model, ready.orElseThrow(), config, tokenizer, sessions));
        SentenceInput input = SentenceInput.read(folder);
        SentenceLayers layers = SentenceLayers.read(folder, model, input, width, files);
        if (model.usage().output() == Output.TOKENS && layers.width(width) != width) {
            throw KemoException.configuration(
                    "The vectors of the model [" + model.reference() + "] are of width [" + layers.width(width)
                            + "] and its tokens of [" + width + "].",
                    "Choose output: pooled.");
        }
        read.add(tokenizerFile);
        read.add(configuration);
        read.addAll(layers.files());
        if (model.usage().tune().layers() > 0) {
            checkTunable(model, ready, architecture);
        }
        int frozen = architecture.map(Architecture::layers).orElse(0)
                - model.usage().tune().layers();
        Path onnx = ready.orElseGet(() -> emitted(
                folder,
                new TransformerNetwork(architecture.orElseThrow(), frozen),
                model.usage().precision(),
                files));
        read.add(ready.isPresent() ? onnx : weights(folder));
        List<String> settings = new ArrayList<>(layers.settings());
        if (bound < own) {
            settings.add("tokens " + bound);
        }
        settings.addAll(input.settings());
        return new OpenedModel(
                onnx,
                input,
                tokenizer,
                layers,
                vocabulary(config),
                width,
                Architecture.firstPosition(config),
                Architecture.padding(config),
                model.usage().tune().layers() == 0
                        ? Optional.empty()
                        : Optional.of(tuned(folder, model.usage().tune(), architecture.orElseThrow(), layers, files)),
                ready.isPresent() || model.usage().precision() != ModelPrecision.FLOAT32 || !input.isPlain()
                        ? Optional.empty()
                        : Optional.of(whole(
                                folder,
                                architecture.orElseThrow(),
                                layers,
                                tokenizer,
                                tokenizerFile,
                                maxTokens,
                                files)),
                sum(model, Stream.concat(read.stream().map(files::sha256), settings.stream())));
    }

    /** The ids of each text. */
    List<long[]> ids(List<String> texts) {
        return tokenizer.ids(texts.stream().map(input::of).toList());
    }

    /** d of the hidden states that a ready file gives for a word. */
    private static int givenWidth(
            TextModel model, Path onnx, JsonFile config, TextTokenizer tokenizer, SessionPool sessions) {
        try (SessionLease lease = sessions.lease(model.request(onnx))) {
            ModelInputs inputs = ModelInputs.of(
                    model.reference(),
                    lease.inputs(),
                    lease.outputs(),
                    Architecture.firstPosition(config),
                    Architecture.padding(config));
            FloatTensor states =
                    lease.run(inputs.batch(tokenizer.ids(List.of("a")))).get(inputs.states());
            return states.size(states.rank() - 1);
        }
    }

    private static OptionalInt vocabulary(JsonFile config) {
        return config.number("vocab_size").map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** The tokens that the folder's small files cut texts at: those of the transformer come before those of the tokenizer. */
    private static int bound(Path folder) {
        return SentenceInput.transformer(folder)
                .flatMap(settings -> settings.number("max_seq_length"))
                .filter(length -> length > 0)
                .or(() -> tokenizerBound(folder.resolve("tokenizer_config.json")))
                .orElse(Integer.MAX_VALUE);
    }

    private static Optional<Integer> tokenizerBound(Path settings) {
        return Optional.of(settings)
                .filter(Files::isRegularFile)
                .map(JsonFile::read)
                .flatMap(file -> file.decimal("model_max_length"))
                .filter(length -> length >= 1 && length < NO_BOUND)
                .map(Double::intValue);
    }

    /** A tokenizer that may give no more tokens than it adds cuts nothing. */
    private static void checkRoom(TextModel model, int added, int maxTokens) {
        if (maxTokens > added) {
            return;
        }
        String adds = ", and its tokenizer adds [" + added + "] of its own.";
        if (maxTokens == model.maxTokens()) {
            throw KemoException.configuration(
                    "Texts of the model [" + model.reference() + "] are cut at maxTokens [" + maxTokens + "]" + adds,
                    "Set maxTokens to [" + (added + 1) + "] or more.");
        }
        throw KemoException.plugin(
                "The files of the model [" + model.reference() + "] cut texts at [" + maxTokens + "] tokens" + adds,
                "Fetch the model again, or name another one.");
    }

    private static void checkTunable(TextModel model, Optional<Path> ready, Optional<Architecture> architecture) {
        // They read hidden states that rounding has moved, with int8 in another way beside other texts, and would learn
        // that.
        if (model.usage().precision() != ModelPrecision.FLOAT32) {
            throw KemoException.configuration(
                    "The model [" + model.reference() + "] has precision ["
                            + model.usage().precision().name().toLowerCase(Locale.ROOT) + "] and tune.layers ["
                            + model.usage().tune().layers() + "]: layers are trained further on float32 only.",
                    "Leave precision at float32, or leave tune out.");
        }
        if (ready.isPresent()) {
            throw KemoException.configuration(
                    "The model [" + model.reference() + "] is the ready file [" + ready.get()
                            + "], whose layers cannot be trained.",
                    "Name a folder with model.safetensors of a model that Kemo has a network for, or leave tune out.");
        }
        int layers = architecture.map(Architecture::layers).orElse(0);
        if (model.usage().tune().layers() > layers) {
            throw KemoException.configuration(
                    "The model [" + model.reference() + "] has [" + layers + "] layers, of which tune.layers asks for ["
                            + model.usage().tune().layers() + "].",
                    "Ask for as many as there are, or fewer.");
        }
    }

    private static TunedTransformer tuned(
            Path folder, Tune tune, Architecture architecture, SentenceLayers behind, ModelFiles files) {
        TransformerLayers layers = new TransformerLayers(
                architecture, architecture.layers() - tune.layers(), architecture.layers(), tune.dropout());
        return new TunedTransformer(layers, behind, weights(folder), files);
    }

    private static WholeTextEncoder whole(
            Path folder,
            Architecture architecture,
            SentenceLayers behind,
            TextTokenizer tokenizer,
            Path tokenizerFile,
            int maxTokens,
            ModelFiles files) {
        return new WholeTextEncoder(
                new WholeTransformer(tuned(folder, new Tune(architecture.layers(), 0), architecture, behind, files)),
                new PublishedParameters(architecture.family(), behind, tokenizer, weights(folder), files),
                tokenizerFile,
                maxTokens,
                architecture.padding());
    }

    private static Path emitted(Path folder, TransformerNetwork network, ModelPrecision precision, ModelFiles files) {
        Path weightsFile = weights(folder);
        String key = NETWORK + " " + network + " " + files.sha256(weightsFile);
        try (Weights weights = files.weights(weightsFile)) {
            TensorNames names =
                    new TensorNames(weightsFile, weights, network.architecture().family());
            names.requireNoneBehind(network.architecture().layers());
            return files.model(key, network, precision, names);
        }
    }

    private static Path weights(Path folder) {
        return findWeights(folder)
                .orElseThrow(() -> KemoException.plugin(
                        "The folder [" + folder + "] holds neither [onnx/model.onnx] nor [model.safetensors].",
                        "Fetch the model's weights in the safetensors format, or export it as ONNX."));
    }

    private static Optional<Path> findWeights(Path folder) {
        return Stream.of("model.safetensors", "model.safetensors.index.json")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String sum(TextModel model, Stream<String> parts) {
        try {
            String chosen =
                    switch (model.usage().precision()) {
                        // Answers were kept before there was a choice.
                        case FLOAT32 -> "";
                        case FLOAT16 -> "FLOAT16 ";
                        // Those of before depended on the processor.
                        case INT8 -> "INT8 exact ";
                    };
            String all =
                    chosen + NETWORK + " " + model.language().orElse("") + " " + parts.collect(Collectors.joining(" "));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
