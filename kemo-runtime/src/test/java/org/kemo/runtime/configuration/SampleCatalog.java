package org.kemo.runtime.configuration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureExtractorFactory;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;
import org.kemo.api.component.ComponentFactory;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.Ops;
import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingEngine;
import org.kemo.api.training.TrainingEngineFactory;
import org.kemo.api.training.TrainingRequest;
import org.kemo.runtime.plugin.ComponentCatalog;
import org.kemo.runtime.plugin.ComponentKind;

/** Small components whose options hold all that options can hold; what they compute is of no interest here. */
public final class SampleCatalog implements ComponentCatalog {
    private final Map<ComponentKind, Map<String, ComponentFactory<?, ?>>> factories = new LinkedHashMap<>();

    /** All of them. */
    public SampleCatalog() {
        add(ComponentKind.FEATURE, new Cepstra());
        add(ComponentKind.ENCODER, new Recurrent());
        add(ComponentKind.FUSION, new Fixed());
        add(ComponentKind.FUSION, new Gated());
        add(ComponentKind.DATASET, new Clips());
        add(ComponentKind.DATASET, new Pairs("pairs"));
        add(ComponentKind.DATASET, new Pairs("crossed-pairs"));
        add(ComponentKind.TRAINING, new Engine());
    }

    private void add(ComponentKind kind, ComponentFactory<?, ?> factory) {
        factories.computeIfAbsent(kind, any -> new LinkedHashMap<>()).put(factory.name(), factory);
    }

    @Override
    public SortedSet<String> names(ComponentKind kind) {
        return new TreeSet<>(factories.getOrDefault(kind, Map.of()).keySet());
    }

    @Override
    public Optional<ComponentFactory<?, ?>> find(ComponentKind kind, String name) {
        return Optional.ofNullable(factories.getOrDefault(kind, Map.of()).get(name));
    }

    record CepstraOptions(
            @Option(value = "Filters", defaultValue = "26", min = 1, max = 128) int channels,
            @OptionGroup Framing framing) {}

    record Framing(
            @Option(value = "Window", defaultValue = "25", unit = "ms", min = 1) double window,
            @Option(value = "Window function", defaultValue = "hamming") Shape shape) {
        enum Shape {
            HAMMING,
            RAISED_COSINE
        }

        Framing {
            if (shape == Shape.RAISED_COSINE && window > 100) {
                throw new IllegalArgumentException("The window [" + window + "] is too long for a raised cosine.");
            }
        }
    }

    private static final class Cepstra implements FeatureExtractorFactory<CepstraOptions> {
        @Override
        public String name() {
            return "mfcc";
        }

        @Override
        public Class<CepstraOptions> options() {
            return CepstraOptions.class;
        }

        @Override
        public int version() {
            return 3;
        }

        @Override
        public FeatureExtractor create(CepstraOptions options) {
            return new FeatureExtractor() {
                @Override
                public int width() {
                    return options.channels();
                }

                @Override
                public List<String> names() {
                    return List.of();
                }

                @Override
                public FeatureSequence extract(Waveform waveform) {
                    throw new UnsupportedOperationException("not asked for here");
                }
            };
        }
    }

    record RecurrentOptions(
            @Option(value = "Units", defaultValue = "64", min = 1) int hidden,
            @Option(value = "Layers", defaultValue = "2", min = 1) int layers) {
        RecurrentOptions {
            if (hidden % layers != 0) {
                throw KemoException.configuration(
                        "The width [" + hidden + "] does not part into [" + layers + "] layers.", "Take a multiple.");
            }
        }
    }

    private static final class Recurrent implements EncoderFactory<RecurrentOptions> {
        @Override
        public String name() {
            return "bilstm";
        }

        @Override
        public Class<RecurrentOptions> options() {
            return RecurrentOptions.class;
        }

        @Override
        public Encoder create(RecurrentOptions options) {
            return new NetworkEncoder() {
                @Override
                public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                    throw new UnsupportedOperationException("not asked for here");
                }
            };
        }
    }

    record FixedOptions(
            @Option(value = "The weight of the first", defaultValue = "0.5", min = 0, max = 1) double lambda) {}

    private static final class Fixed implements FusionStrategyFactory<FixedOptions> {
        @Override
        public String name() {
            return "static";
        }

        @Override
        public Class<FixedOptions> options() {
            return FixedOptions.class;
        }

        @Override
        public FusionStrategy create(FixedOptions options) {
            return new NoFusion();
        }
    }

    record GatedOptions(
            @Option(value = "Units of the gate", defaultValue = "null", min = 1) Optional<Integer> hidden,
            @Option(value = "A word", defaultValue = "") String note) {}

    private static final class Gated implements FusionStrategyFactory<GatedOptions> {
        @Override
        public String name() {
            return "dynamic-gated";
        }

        @Override
        public Class<GatedOptions> options() {
            return GatedOptions.class;
        }

        @Override
        public FusionStrategy create(GatedOptions options) {
            return new NoFusion();
        }
    }

    private static final class NoFusion implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            throw new UnsupportedOperationException("not asked for here");
        }
    }

    record ClipsOptions(
            @Option("Where the clips are") Path root,
            @Option(value = "Who speaks", defaultValue = "[]", min = 1, max = 24) List<Integer> speakers,
            @Option(value = "To log in with", defaultValue = "") String password) {
        ClipsOptions {
            if (password.length() > 40) {
                throw new IllegalArgumentException("The password [" + password + "] is too long.");
            }
        }
    }

    private static final class Clips implements DatasetReaderFactory<ClipsOptions> {
        @Override
        public String name() {
            return "clips";
        }

        @Override
        public Class<ClipsOptions> options() {
            return ClipsOptions.class;
        }

        @Override
        public DatasetReader create(ClipsOptions options) {
            return () -> new Dataset(options.root() + " " + options.speakers(), List.of(), List.of(), List.of());
        }
    }

    record PairsOptions(
            @Option("What is paired, by modality") Map<String, DatasetReader> sources,
            @Option(value = "More of them", defaultValue = "[]") List<DatasetReader> more,
            @Option(value = "How", defaultValue = "{}") Pairing pairing) {
        record Pairing(
                @Option(value = "Seed", defaultValue = "1") long seed,
                @Option(value = "Each twice", defaultValue = "false") boolean twice) {}
    }

    private record Pairs(String name) implements DatasetReaderFactory<PairsOptions> {
        @Override
        public Class<PairsOptions> options() {
            return PairsOptions.class;
        }

        @Override
        public DatasetReader create(PairsOptions options) {
            return () -> new Dataset(
                    options.sources().entrySet().stream()
                            .map(entry -> entry.getKey() + " from "
                                    + entry.getValue().read().name())
                            .toList()
                            .toString(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }

    record EngineOptions() {}

    private static final class Engine implements TrainingEngineFactory<EngineOptions> {
        @Override
        public String name() {
            return "torch";
        }

        @Override
        public Class<EngineOptions> options() {
            return EngineOptions.class;
        }

        @Override
        public TrainingEngine create(EngineOptions options) {
            return new TrainingEngine() {
                @Override
                public Trainer open(TrainingRequest request) {
                    throw new UnsupportedOperationException("not asked for here");
                }
            };
        }
    }
}
