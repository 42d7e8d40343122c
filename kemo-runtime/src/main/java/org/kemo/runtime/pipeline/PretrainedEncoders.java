package org.kemo.runtime.pipeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.WholeTextEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration.Join;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pretrained encoders of a modality: one, or several side by side whose vectors are joined. Safe for use by several threads at
 * once.
 */
public final class PretrainedEncoders {
    /** The stage of their work. */
    static final String ENCODE = "encode";

    /** The option that names the files of one. */
    private static final String MODEL = "model";

    private final Modality modality;
    private final List<Member> members;
    private final Join join;

    /** An encoder with its place in the configuration. */
    private record Member(Component<Encoder> component, PretrainedEncoder encoder) {
        /** The same for an encoder that stands alone and for one that stands beside others, which so share what is kept. */
        String key(Source.Text text) {
            return component.fingerprint() + " " + encoder.fingerprint() + " of text " + Sha256.of(text.text());
        }

        /**
         * For each the pooled vector and, behind it, the sequence: [1 + T, d]; the sequence alone where layers go on from there.
         *
         * @throws KemoException category PLUGIN, where it gives another number of encodings or another width than it must; INPUT, where it
         *     gives what is no finite number
         * @throws ComponentFailure where it breaks on one of them
         */
        List<FloatTensor> encode(List<Source> sources) {
            List<Encoding> encodings =
                    ComponentFailure.attempt(who() + " fails on a source", () -> encoder.encode(sources));
            if (encodings.size() != sources.size()) {
                throw KemoException.plugin(
                        who() + " gives [" + encodings.size() + "] encodings of [" + sources.size() + "] sources.",
                        "Correct it to give one for each, in order.");
            }
            return encodings.stream().map(this::steps).toList();
        }

        private String who() {
            return "The encoder [" + component.type() + "]";
        }

        FloatTensor encode(Source source) {
            return encode(List.of(source)).get(0);
        }

        private FloatTensor steps(Encoding encoding) {
            FloatTensor pooled = encoding.pooled();
            FloatTensor sequence = encoding.sequence();
            if (pooled.count() != encoder.width()) {
                throw KemoException.plugin(
                        who() + " gives vectors of the width [" + pooled.count() + "], and declares [" + encoder.width()
                                + "].",
                        "Correct its width, or what it encodes.");
            }
            String remedy = "Leave the source out, or correct the encoder.";
            ModalityPipeline.requireFinite(who() + " gives a vector that holds", remedy, pooled.values());
            ModalityPipeline.requireFinite(who() + " gives a sequence that holds", remedy, sequence.values());
            if (encoder.tuned().isPresent()) {
                return sequence;
            }
            float[] steps = Arrays.copyOf(pooled.values(), pooled.count() + sequence.count());
            System.arraycopy(sequence.values(), 0, steps, pooled.count(), sequence.count());
            return FloatTensor.of(steps, 1 + sequence.size(0), pooled.count());
        }
    }

    private PretrainedEncoders(Modality modality, List<Member> members, Join join) {
        this.modality = modality;
        this.members = members;
        this.join = join;
    }

    /** Those that a configuration names; empty where it names a network. */
    static Optional<PretrainedEncoders> of(Modality modality, ModalityConfiguration configuration) {
        List<Member> members = configuration.encoder().stream()
                .filter(each -> each.value() instanceof PretrainedEncoder)
                .map(each -> new Member(each, (PretrainedEncoder) each.value()))
                .toList();
        return members.isEmpty()
                ? Optional.empty()
                : Optional.of(new PretrainedEncoders(modality, members, configuration.join()));
    }

    /**
     * The width d of what they give together.
     *
     * @throws KemoException category CONFIGURATION, where vectors of different widths are to be averaged
     */
    int width() {
        List<Integer> widths =
                members.stream().map(member -> member.encoder().width()).toList();
        if (join == Join.CONCAT) {
            return widths.stream().mapToInt(Integer::intValue).sum();
        }
        if (widths.stream().distinct().count() > 1) {
            throw KemoException.configuration(
                    "The encoders of the modality [" + modality
                            + "] are to be averaged, and give vectors of the widths "
                            + members.stream()
                                    .map(member -> member.component().type() + " "
                                            + member.encoder().width())
                                    .toList()
                            + ".",
                    "Choose join: concat, or encoders of one width.");
        }
        return widths.get(0);
    }

    /**
     * Opens all of them.
     *
     * @throws KemoException where one cannot be had or does not fit the others
     */
    public void check() {
        width();
        tuned();
    }

    /** What stands for the weights of all of them, in their order. */
    public String fingerprint() {
        return members.stream().map(member -> member.encoder().fingerprint()).collect(Collectors.joining(" "));
    }

    /** Their names, each with the model that its options name, where they do: {@code labse of file:/models/labse}. */
    public List<String> named() {
        return members.stream()
                .map(member -> {
                    Component<Encoder> component = member.component();
                    String model = JsonMapper.shared()
                            .readTree(component.options())
                            .path(MODEL)
                            .asString("");
                    return model.isEmpty() ? component.type() : component.type() + " of " + model;
                })
                .toList();
    }

    /**
     * The layers that go on from what they give; empty where the vectors stay as they are.
     *
     * @throws KemoException category CONFIGURATION, where one of several has such layers
     */
    public Optional<NetworkEncoder> tuned() {
        if (members.size() == 1) {
            return members.get(0).encoder().tuned();
        }
        for (Member member : members) {
            if (member.encoder().tuned().isPresent()) {
                throw refused(member, "trains layers further");
            }
        }
        return Optional.empty();
    }

    /**
     * The encoder as one network from the ids of tokens.
     *
     * @throws KemoException category CONFIGURATION, where there are several, or the one is not written as a network of Kemo's
     */
    WholeTextEncoder whole() {
        if (members.size() > 1) {
            throw KemoException.configuration(
                    "The modality [" + modality + "] joins the encoders "
                            + members.stream()
                                    .map(member -> member.component().type())
                                    .toList() + ", which cut a text into different tokens.",
                    "Export a model with one encoder.");
        }
        Component<Encoder> component = members.get(0).component();
        return members.get(0)
                .encoder()
                .whole()
                .orElseThrow(() -> KemoException.configuration(
                        "The encoder [" + component.type() + "] of the modality [" + modality + "], "
                                + component.options()
                                + ", runs a ready file, in another precision than float32, or on texts that it changes before.",
                        "Train on a folder that has model.safetensors of a model that Kemo has a network for, no prompt and"
                                + " no do_lower_case, in float32, and export that model."));
    }

    /** What they make of a text, [T, d]. */
    FloatTensor encode(Source.Text text) {
        return joined(member -> member.encode(text));
    }

    /** As {@link #encode(Source.Text)}, with what each makes of it kept by itself. */
    FloatTensor encode(Source.Text text, FeatureCache cache) {
        return joined(member -> cache.get(member.key(text), () -> member.encode(text)));
    }

    /** An input of this text that fetches its values from the cache each time; the same input where they are not kept there. */
    ModalityInput fetched(ModalityInput held, Source.Text text, FeatureCache cache) {
        Member member = members.get(0);
        String key = member.key(text);
        return members.size() == 1 && cache.kept(key).isPresent()
                ? held.fetched(() -> cache.kept(key).orElseGet(() -> member.encode(text)))
                : held;
    }

    /**
     * As {@link #encode(Source.Text, FeatureCache)}, for texts of which all are known and that are asked for in their order: where the
     * cache lacks one, those behind it that it lacks as well are encoded with it, many at a time, and each takes its share of the seconds.
     * For one thread.
     */
    BiFunction<Source.Text, StageClock, FloatTensor> encoding(List<Source.Text> texts, FeatureCache cache) {
        Map<Member, Lookahead> ahead = new HashMap<>();
        members.forEach(member -> ahead.put(member, new Lookahead(member, texts, cache)));
        return (text, stages) -> joined(
                member -> cache.get(member.key(text), () -> ahead.get(member).encode(text, stages)));
    }

    /** What one encoder makes of texts, computed from the first that is asked for to the last. */
    private static final class Lookahead {
        private final Member member;
        private final List<Source.Text> texts;
        private final FeatureCache cache;
        private final Map<Source.Text, Timed> encoded = new HashMap<>();
        private boolean together = true;

        /** Steps, and the share of the seconds in which they were made. */
        private record Timed(FloatTensor steps, double seconds) {}

        Lookahead(Member member, List<Source.Text> texts, FeatureCache cache) {
            this.member = member;
            this.texts = texts;
            this.cache = cache;
        }

        FloatTensor encode(Source.Text text, StageClock stages) {
            if (together && !encoded.containsKey(text)) {
                encodeFrom(text, stages);
            }
            Timed known = encoded.get(text);
            if (known == null) {
                return stages.time(ENCODE, () -> member.encode(text));
            }
            stages.add(ENCODE, known.seconds());
            return known.steps();
        }

        /**
         * This text and those behind it that the cache lacks; none, where that fails for one of several, and each is to be encoded by itself
         * from here on.
         */
        private void encodeFrom(Source.Text text, StageClock stages) {
            Stream<Source.Text> behind = texts.stream()
                    .skip(texts.indexOf(text) + 1L)
                    .filter(each -> !encoded.containsKey(each)
                            && cache.kept(member.key(each)).isEmpty());
            List<Source> waiting =
                    Stream.<Source>concat(Stream.of(text), behind).toList();
            List<Source> missing = waiting.stream().distinct().toList();
            long begin = System.nanoTime();
            List<FloatTensor> steps;
            try {
                steps = member.encode(missing);
            } catch (RuntimeException | OutOfMemoryError e) {
                boolean everybodys =
                        e instanceof KemoException words && words.category() != KemoException.Category.INPUT;
                if (everybodys || missing.size() == 1) {
                    throw e;
                }
                // One of them cannot be read or breaks the encoder, or all are too much for the memory.
                together = false;
                stages.add(ENCODE, (System.nanoTime() - begin) * 1e-9);
                return;
            }
            double share = (System.nanoTime() - begin) * 1e-9 / waiting.size();
            for (int i = 0; i < steps.size(); i++) {
                Source.Text known = (Source.Text) missing.get(i);
                encoded.put(known, new Timed(steps.get(i), share));
                // Who waited for the first of them goes on to the second at once, and would encode all again.
                cache.offer(member.key(known), steps.get(i));
            }
        }
    }

    private FloatTensor joined(Function<Member, FloatTensor> encode) {
        if (members.size() == 1) {
            return encode.apply(members.get(0));
        }
        check();
        float[] vector = new float[width()];
        int at = 0;
        for (Member member : members) {
            FloatTensor steps = encode.apply(member);
            if (steps.size(0) != 1) {
                throw refused(member, "gives a vector for every token");
            }
            float[] values = steps.values();
            if (join == Join.CONCAT) {
                System.arraycopy(values, 0, vector, at, values.length);
                at += values.length;
            } else {
                for (int d = 0; d < vector.length; d++) {
                    vector[d] += values[d] / members.size();
                }
            }
        }
        return FloatTensor.of(vector, 1, vector.length);
    }

    private KemoException refused(Member member, String why) {
        return KemoException.configuration(
                "The encoder [" + member.component().type() + "] of the modality [" + modality + "] " + why
                        + ", and cannot stand beside others.",
                "Use it alone, or leave its options output and tune out.");
    }
}
