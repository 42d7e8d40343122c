package org.kemo.transformertext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.api.service.Weights;

/** mBERT's real weights against transformers: {@code mbert/make.py} among the resources made the figures. */
class MultilingualBertDataTest {
    private static final float TOLERANCE = 1e-4f;

    /** Every 96th of a state's 768 numbers is in the reference. */
    private static final int STRIDE = 96;

    private static final long MASK = 103;

    @RegisterExtension
    private final Host host = new Host();

    @Test
    void givesTheHiddenStatesOfTheReferenceInSixLanguages() throws IOException {
        Path folder = MultilingualBert.file("model.safetensors").getParent();
        PretrainedEncoder encoder = host.transformers()
                .open(new TextModel(
                        "file:" + folder, Pooling.MEAN, false, false, 0, Optional.empty(), Tiny.usage(Output.TOKENS)));
        List<JsonObject> reference = reference("states.json");
        List<Encoding> encodings = encoder.encode(reference.stream()
                .<Source>map(each -> new Source.Text(each.get("text").getAsString()))
                .toList());

        assertThat(encodings).hasSize(202);
        for (int i = 0; i < encodings.size(); i++) {
            JsonObject expected = reference.get(i);
            String text = expected.get("text").getAsString();
            FloatTensor states = encodings.get(i).sequence();
            int tokens = expected.get("tokens").getAsInt();
            assertThat(states.shape()).as(text).containsExactly(tokens, 768);
            assertClose(text, column -> states.at(0, column), expected.getAsJsonArray("first"));
            assertClose(text, column -> states.at(tokens - 1, column), expected.getAsJsonArray("last"));
            assertClose(text, encodings.get(i).pooled()::at, expected.getAsJsonArray("mean"));
            assertThat(average(states))
                    .as(text)
                    .isCloseTo(expected.get("average").getAsDouble(), within(1e-6));
        }
    }

    @Test
    void findsTheWordsThatTheReferenceFindsForAMask() throws IOException {
        Path weights = MultilingualBert.file("model.safetensors");
        List<String> vocabulary = Files.readAllLines(MultilingualBert.file("vocab.txt"), UTF_8);
        Path onnx = masked(weights);

        for (JsonObject expected : reference("masked.json")) {
            FloatTensor scores = scores(onnx, expected.get("text").getAsString());
            List<Integer> best = IntStream.range(0, scores.count())
                    .boxed()
                    .sorted(Comparator.comparingDouble(id -> -scores.at(id)))
                    .limit(5)
                    .toList();
            assertThat(best)
                    .extracting(vocabulary::get)
                    .containsExactlyElementsOf(expected.getAsJsonArray("words").asList().stream()
                            .map(each -> each.getAsString())
                            .toList());
            for (int i = 0; i < best.size(); i++) {
                assertThat(scores.at(best.get(i)))
                        .isCloseTo(expected.getAsJsonArray("scores").get(i).getAsFloat(), within(TOLERANCE));
            }
        }
    }

    private Path masked(Path file) {
        Architecture architecture = Architecture.of(JsonFile.read(MultilingualBert.file("config.json")));
        MaskedWords network = new MaskedWords(new TransformerNetwork(architecture, architecture.layers()));
        try (Weights weights = host.files().weights(file)) {
            return host.files()
                    .model("masked words", network, ModelPrecision.FLOAT32, MaskedWords.parameters(file, weights));
        }
    }

    /** Of all words at the place of the mask, [V]. */
    private FloatTensor scores(Path onnx, String text) {
        TextTokenizer tokenizer = TextTokenizer.open(
                MultilingualBert.file("tokenizer.json"),
                512,
                Optional.empty(),
                host.files().scratch("tokenizers"));
        long[] ids = tokenizer.ids(List.of(text)).get(0);
        int place = IntStream.range(0, ids.length)
                .filter(at -> ids[at] == MASK)
                .findFirst()
                .orElseThrow();
        try (SessionLease lease = host.sessions().lease(SessionRequest.of(onnx))) {
            ModelInputs inputs = new ModelInputs(lease.inputs(), "logits", 0, 0);
            FloatTensor logits = lease.run(inputs.batch(List.of(ids))).get("logits");
            float[] scores = new float[logits.size(2)];
            System.arraycopy(logits.values(), place * scores.length, scores, 0, scores.length);
            return FloatTensor.of(scores, scores.length);
        }
    }

    private static double average(FloatTensor states) {
        double sum = 0;
        for (float value : states.values()) {
            sum += value;
        }
        return sum / states.count();
    }

    private interface Row {
        float at(int column);
    }

    private static void assertClose(String text, Row actual, JsonArray expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.at(i * STRIDE)).as(text).isCloseTo(expected.get(i).getAsFloat(), within(TOLERANCE));
        }
    }

    private static List<JsonObject> reference(String name) throws IOException {
        try (var in = MultilingualBertDataTest.class.getResourceAsStream("mbert/" + name)) {
            List<JsonObject> rows = new ArrayList<>();
            JsonParser.parseString(new String(in.readAllBytes(), UTF_8))
                    .getAsJsonArray()
                    .forEach(each -> rows.add(each.getAsJsonObject()));
            return rows;
        }
    }
}
