package org.kemo.transformertext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelPrecision;

/** Layers that are trained further begin where the published model stands. */
class TunedTransformerTest {
    private static final List<Source> TEXTS =
            List.of(new Source.Text("I am so glad"), new Source.Text("Мен бүгін өте қуаныштымын, сен ше?"));

    @TempDir
    private Path folder;

    @RegisterExtension
    private final Host host = new Host();

    @ParameterizedTest
    @CsvSource({
        "bert,CLS,1",
        "bert,LAST,2",
        "xlm-roberta,MEAN,1",
        "mbart,MAX,1",
        "mbart,MEAN,2",
        "labse,MODEL,1",
        "labse-narrow,MODEL,1"
    })
    void frozenAndTunedLayersTogetherAreTheWholeModel(String name, Pooling pooling, int layers) throws IOException {
        Path model = Tiny.copy(name, folder);
        List<Encoding> whole = open(model, pooling, 0).encode(TEXTS);
        PretrainedEncoder frozen = open(model, pooling, layers);
        NetworkEncoder tuned = frozen.tuned().orElseThrow();
        List<Encoding> between = frozen.encode(TEXTS);

        List<NetworkBackend> backends = ServiceLoader.load(NetworkBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        assertThat(backends).extracting(NetworkBackend::name).containsExactlyInAnyOrder("onnx", "torch");
        for (NetworkBackend backend : backends) {
            FloatTensor pooled = backend.run(new Alone(tuned, frozen.width()), tuned.pretrained(), batch(between))
                    .get("pooled");
            for (int n = 0; n < TEXTS.size(); n++) {
                assertThat(whole.get(n).pooled().count()).isEqualTo(pooled.size(1));
                for (int d = 0; d < pooled.size(1); d++) {
                    assertThat(pooled.at(n, d))
                            .as(backend.name())
                            .isCloseTo(whole.get(n).pooled().at(d), within(1e-5f));
                }
            }
        }
    }

    /** Of the weights of the attention and of what the two parts give. */
    @Test
    void dropsValuesOutAtThreePlacesOfALayer() throws IOException {
        PretrainedEncoder encoder = open(Tiny.copy("bert", folder), Pooling.CLS, 1);
        List<String> heard = new ArrayList<>();

        NetworkParameters.shapes(new Heard(new Alone(encoder.tuned().orElseThrow(), encoder.width()), heard));

        assertThat(heard).containsExactly("[N, 4, T, T] 0.1", "[N, T, 16] 0.1", "[N, T, 16] 0.1");
    }

    /** A network of which each dropout is heard of: the shape and the rate. */
    private record Heard(Network network, List<String> dropouts) implements Network {
        @Override
        public List<Input> inputs() {
            return network.inputs();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return network.forward(heard(ops), inputs);
        }

        @SuppressWarnings("unchecked")
        private <T> Ops<T> heard(Ops<T> ops) {
            return (Ops<T>) Proxy.newProxyInstance(
                    Ops.class.getClassLoader(), new Class<?>[] {Ops.class}, (proxy, method, arguments) -> {
                        Object result = method.invoke(ops, arguments);
                        if (method.getName().equals("dropout")) {
                            dropouts.add(ops.shape((T) arguments[0]) + " " + arguments[1]);
                        }
                        return method.getName().equals("scope") ? heard((Ops<T>) result) : result;
                    });
        }
    }

    @Test
    void trainsNoMoreLayersThanThereAre() throws IOException {
        PretrainedEncoder encoder = open(Tiny.copy("bert", folder), Pooling.CLS, 3);

        assertThatThrownBy(encoder::width).hasMessageContaining("[2] layers").hasMessageContaining("[3]");
    }

    @Test
    void doesNotTrainAReadyFile() throws IOException {
        PretrainedEncoder encoder = open(Tiny.copy("bert-onnx", folder), Pooling.CLS, 1);

        assertThatThrownBy(encoder::tuned).hasMessageContaining("model.onnx");
    }

    private PretrainedEncoder open(Path model, Pooling pooling, int layers) {
        return host.transformers()
                .open(new TextModel(
                        "file:" + model,
                        pooling,
                        false,
                        false,
                        0,
                        Optional.empty(),
                        new Usage(Output.POOLED, ModelPrecision.FLOAT32, new Tune(layers, 0.1))));
    }

    private static Map<String, FloatTensor> batch(List<Encoding> encodings) {
        int longest = encodings.stream()
                .mapToInt(each -> each.sequence().size(0))
                .max()
                .orElseThrow();
        int width = encodings.get(0).sequence().size(1);
        FloatTensor values = FloatTensor.zeros(encodings.size(), longest, width);
        FloatTensor mask = FloatTensor.zeros(encodings.size(), longest);
        for (int n = 0; n < encodings.size(); n++) {
            FloatTensor sequence = encodings.get(n).sequence();
            System.arraycopy(sequence.values(), 0, values.values(), n * longest * width, sequence.count());
            for (int t = 0; t < sequence.size(0); t++) {
                mask.values()[n * longest + t] = 1;
            }
        }
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        batch.put("values", values);
        batch.put("mask", mask);
        return batch;
    }

    /** An encoder as a network. */
    private record Alone(NetworkEncoder encoder, int width) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("T"));
            return List.of(
                    new Input("values", ElementType.FLOAT, steps.with(width)),
                    new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Encoded<T> encoded = encoder.encode(ops, new Sequence<>(inputs.get("values"), inputs.get("mask")));
            return Map.of("pooled", encoded.pooled());
        }
    }
}
