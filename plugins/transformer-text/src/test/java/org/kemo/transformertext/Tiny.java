package org.kemo.transformertext;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kemo.api.service.ModelPrecision;

/** The small models of the test's resources. */
final class Tiny {
    /** What a model's name ends with of which there is only that in which it differs from another one. */
    private static final String NARROW = "-narrow";

    private static final List<String> FILES = List.of(
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "model.safetensors",
            "modules.json",
            "sentence_bert_config.json",
            "onnx/model.onnx",
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/model.safetensors");

    private Tiny() {}

    /** That output of a model as it stands, in float32. */
    static Usage usage(Output output) {
        return new Usage(output, ModelPrecision.FLOAT32, Tune.none());
    }

    static Path copy(String name, Path folder) throws IOException {
        Path copy = folder.resolve(name);
        for (String source : name.endsWith(NARROW) ? List.of(name.replace(NARROW, ""), name) : List.of(name)) {
            for (String file : FILES) {
                try (var in = Tiny.class.getResourceAsStream(source + "/" + file)) {
                    if (in != null) {
                        Path target = copy.resolve(file);
                        Files.createDirectories(target.getParent());
                        Files.write(target, in.readAllBytes());
                    }
                }
            }
        }
        return copy;
    }

    /** The tokenizer of a copy of mbart, which then puts the language before a text and not behind it, as that of mBART-50 does. */
    static Path languageFirst(Path model) throws IOException {
        Path file = model.resolve("tokenizer.json");
        JsonObject tokenizer = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonArray template = tokenizer.getAsJsonObject("post_processor").getAsJsonArray("single");
        JsonArray turned = new JsonArray();
        turned.add(template.remove(2));
        turned.addAll(template);
        tokenizer.getAsJsonObject("post_processor").add("single", turned);
        return Files.writeString(file, tokenizer.toString());
    }

    static List<JsonObject> reference(String name) throws IOException {
        // Both ways run the same model.
        String model = name.replace("-onnx", "");
        try (var in = Tiny.class.getResourceAsStream(model + "/reference.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<JsonObject> texts = new ArrayList<>();
            for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
                texts.add(each.getAsJsonObject());
            }
            return texts;
        }
    }
}
