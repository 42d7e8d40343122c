package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.Shape;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.ModelFolder;
import org.kemo.runtime.model.OnnxExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kemo models export}: a trained model of text for any ONNX runtime. */
@Command(
        name = "export",
        description = {
            "Writes a trained model of text on one pretrained transformer as a single ONNX model.",
            "It goes from the ids of tokens to probabilities and needs nothing else but its tokenizer.json."
        })
final class ExportCommand extends KemoCommand {
    @Option(names = "--model", paramLabel = "DIR", required = true, description = "The model folder.")
    private Path model;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description =
                    "Where model.onnx, tokenizer.json and config.json go; what an earlier export left is replaced.")
    private Path out;

    @Mixin
    private ConfigurationOptions configuration;

    @Override
    protected Outcome run(CommandContext context) {
        KemoRuntime runtime = context.runtime(configuration.ofHost(context));
        Path target = context.folder().resolve(out).normalize();
        requireElsewhere(target, context.folder());
        Path folder = context.folder().resolve(model);
        try (EmotionModel opened = runtime.model(folder)) {
            return new Exported(OnnxExport.write(ModelFolder.read(folder, runtime.sums()), opened.assembly(), target));
        }
    }

    /** A folder is replaced as a whole: a shell that stands in it would go on in the one that was removed. */
    private static void requireElsewhere(Path target, Path here) {
        if (target.equals(here.normalize())) {
            throw KemoException.configuration(
                    "The folder [" + target + "] is the one that the command runs in, which cannot be replaced.",
                    "Name one within it.");
        }
    }

    private record Exported(OnnxExport export) implements Outcome {
        private static final double MEBIBYTE = 1 << 20;

        @Override
        public Object json() {
            List<Map<String, Object>> inputs = new ArrayList<>();
            export.inputs().forEach(input -> inputs.add(json(input.name(), "int64", input.shape())));
            List<Map<String, Object>> outputs = new ArrayList<>();
            export.outputs().forEach((name, shape) -> outputs.add(json(name, "float32", shape)));
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", export.file());
            document.put("bytes", export.bytes());
            document.put("inputs", inputs);
            document.put("outputs", outputs);
            document.put("labels", export.labels().labels());
            document.put("maxTokens", export.maxTokens());
            return document;
        }

        private static Map<String, Object> json(String name, String type, Shape shape) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("name", name);
            value.put("type", type);
            value.put("shape", shape.dimensions().stream().map(Exported::size).toList());
            return value;
        }

        private static Object size(Dimension dimension) {
            return dimension.isFixed() ? dimension.size() : dimension.name();
        }

        @Override
        public void print(PrintWriter out) {
            out.println(String.format(Locale.ROOT, "%s: %.1f MiB", export.file(), export.bytes() / MEBIBYTE));
            export.inputs().forEach(input -> out.println("  " + input.name() + " int64 " + input.shape()));
            export.outputs().forEach((name, shape) -> out.println("  " + name + " float32 " + shape));
            out.println("  labels " + export.labels().labels() + ", at most " + export.maxTokens() + " tokens");
        }
    }
}
