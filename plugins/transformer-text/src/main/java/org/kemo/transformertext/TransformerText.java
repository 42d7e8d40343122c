package org.kemo.transformertext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.WholeTextEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionPool;

/** A pretrained transformer over text. Its files are opened when it is first asked for something. */
final class TransformerText implements PretrainedEncoder {
    /** Texts of one run: enough to keep the processor busy, few enough for memory and deadlines. */
    private static final int BATCH_TEXTS = 32;

    /** Tokens of one run, padding among them. */
    private static final int BATCH_TOKENS = 4096;

    /** On a CPU at most one token of so many is padding: it takes as long as any other. */
    private static final int PADDING = 8;

    private final TextModel model;
    private final Supplier<OpenedModel> opening;
    private final SessionPool sessions;

    /** Guarded by this; empty until it is first asked for. */
    private List<OpenedModel> opened = List.of();

    TransformerText(TextModel model, Supplier<OpenedModel> opening, SessionPool sessions) {
        this.model = model;
        this.opening = opening;
        this.sessions = sessions;
    }

    @Override
    public int width() {
        OpenedModel parts = opened();
        return parts.tuned().isPresent() ? parts.width() : parts.layers().width(parts.width());
    }

    @Override
    public Optional<NetworkEncoder> tuned() {
        return opened().tuned();
    }

    @Override
    public Optional<WholeTextEncoder> whole() {
        return opened().whole();
    }

    @Override
    public String fingerprint() {
        return opened().fingerprint();
    }

    @Override
    public Class<? extends Source> reads() {
        return Source.Text.class;
    }

    @Override
    public List<Encoding> encode(List<Source> sources) {
        List<String> texts = new ArrayList<>(sources.size());
        for (Source source : sources) {
            if (!(source instanceof Source.Text text)) {
                throw KemoException.input(
                        "The model [" + model.reference() + "] was given something else than a text.",
                        "Give it texts.");
            }
            texts.add(text.text());
        }
        return texts.isEmpty() ? List.of() : encodeTexts(texts);
    }

    private List<Encoding> encodeTexts(List<String> texts) {
        OpenedModel parts = opened();
        List<long[]> ids = parts.ids(texts);
        check(ids, parts.vocabulary());
        Encoding[] encodings = new Encoding[ids.size()];
        int[] order = byLength(ids);
        try (SessionLease lease = sessions.lease(model.request(parts.onnx()))) {
            ModelInputs inputs = ModelInputs.of(
                    model.reference(), lease.inputs(), lease.outputs(), parts.firstPosition(), parts.padding());
            int padding = lease.device().equals("cpu") ? PADDING : 1;
            if (!inputs.masked()) {
                padding = Integer.MAX_VALUE;
            }
            int from = 0;
            while (from < order.length) {
                int to = end(order, ids, from, padding);
                int[] batch = Arrays.copyOfRange(order, from, to);
                run(
                        lease,
                        inputs,
                        parts,
                        Arrays.stream(batch).mapToObj(ids::get).toList(),
                        batch,
                        encodings);
                from = to;
            }
        }
        return List.of(encodings);
    }

    /** A CUDA device would read a row of nothing. */
    private void check(List<long[]> ids, OptionalInt vocabulary) {
        long last = ids.stream().flatMapToLong(Arrays::stream).max().orElse(0);
        if (vocabulary.isPresent() && last >= vocabulary.getAsInt()) {
            throw KemoException.plugin(
                    "The tokenizer of the model [" + model.reference() + "] gives the id [" + last
                            + "], and its config.json promises a vocab_size of [" + vocabulary.getAsInt() + "].",
                    "Use a tokenizer.json and a model that belong together.");
        }
    }

    private void run(
            SessionLease lease,
            ModelInputs inputs,
            OpenedModel parts,
            List<long[]> ids,
            int[] batch,
            Encoding[] encodings) {
        FloatTensor states = lease.run(inputs.batch(ids)).get(inputs.states());
        if (states.rank() != 3 || states.size(2) != parts.width()) {
            throw KemoException.plugin(
                    "The model [" + model.reference() + "] gives " + states + " as [" + inputs.states()
                            + "], and its config.json promises a width of [" + parts.width() + "].",
                    "Use a model and config.json that belong together.");
        }
        List<FloatTensor> each = ModelInputs.unpad(states, ids);
        each.forEach(this::requireFinite);
        for (int i = 0; i < batch.length; i++) {
            boolean sequenced =
                    model.usage().output() == Output.TOKENS || parts.tuned().isPresent();
            // Where layers go on from here, they pool behind themselves.
            FloatTensor pooled = parts.tuned().isPresent()
                    ? FloatTensor.zeros(parts.width())
                    : parts.layers().apply(each.get(i));
            FloatTensor sequence = sequenced ? each.get(i) : FloatTensor.zeros(0, pooled.count());
            encodings[batch[i]] = new Encoding(sequence, pooled);
        }
    }

    /** What is not is kept in the feature cache otherwise, and spoils what is trained on it. */
    private void requireFinite(FloatTensor states) {
        for (float value : states.values()) {
            if (!Float.isFinite(value)) {
                throw KemoException.plugin(
                        "The model [" + model.reference() + "] gives the number [" + value + "] in the precision ["
                                + model.usage().precision().name().toLowerCase(Locale.ROOT) + "].",
                        model.usage().precision() == ModelPrecision.FLOAT32
                                ? "Fetch it again, or use another model."
                                : "Choose precision: float32.");
            }
        }
    }

    /** The texts in an order in which neighbours are of similar length. */
    private static int[] byLength(List<long[]> texts) {
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted((a, b) -> Integer.compare(texts.get(a).length, texts.get(b).length))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Where a batch that begins there ends: lengths grow, so the last text decides how far all are padded.
     *
     * @param padding one token of so many may be padding
     */
    private int end(int[] order, List<long[]> ids, int from, int padding) {
        // In 8 bits all rows of a run have one scale: a text by itself is the only one that its neighbours have no say
        // in.
        int texts = model.usage().precision() == ModelPrecision.INT8 ? 1 : BATCH_TEXTS;
        int to = from;
        long tokens = 0;
        while (to < order.length && to - from < texts) {
            int longest = ids.get(order[to]).length;
            long padded = (long) longest * (to + 1 - from);
            tokens += longest;
            if (to > from && (padded > BATCH_TOKENS || padded - tokens > padded / padding)) {
                break;
            }
            to++;
        }
        return to;
    }

    private synchronized OpenedModel opened() {
        if (opened.isEmpty()) {
            opened = List.of(opening.get());
        }
        return opened.get(0);
    }
}
