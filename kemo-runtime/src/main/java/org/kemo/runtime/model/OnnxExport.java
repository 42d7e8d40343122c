package org.kemo.runtime.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.encoder.WholeTextEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkOutputs;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.network.Shape;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.onnx.OnnxNetwork;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model of text on a pretrained transformer, written down so that any ONNX runtime answers with it: {@value #MODEL} from the ids of
 * tokens to probabilities, with all weights in it, or beside it where they are more than two gigabytes; {@value #TOKENIZER}; and
 * {@value #CONFIGURATION} with the labels.
 *
 * @param file the model
 * @param bytes of the model and its weights
 * @param inputs of the model
 * @param outputs their shapes by name
 * @param labels by the column of the outputs
 * @param maxTokens longer texts are to be cut
 */
public record OnnxExport(
        Path file,
        long bytes,
        List<Network.Input> inputs,
        Map<String, Shape> outputs,
        LabelSpace labels,
        int maxTokens) {
    private static final String MODEL = "model.onnx";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String CONFIGURATION = "config.json";
    private static final Set<String> FILES = Set.of(MODEL, MODEL + ".data", TOKENIZER, CONFIGURATION);

    /** By which an export is known again. */
    private static final String PRODUCER = "producer";

    private static final String COMMAND = "kemo models export";

    /**
     * Writes a model down. The folder is written aside and moved into its place.
     *
     * @param model the trained model
     * @param assembly of its configuration; its pretrained encoder is the one of the training
     * @param named the folder, which is not there, is empty, or holds an earlier export
     * @throws KemoException category CONFIGURATION, where the model is of another kind, or the folder holds something else or cannot be
     *     written
     */
    public static OnnxExport write(ModelFolder model, ModelAssembly assembly, Path named) {
        // What is looked at is what is replaced, whatever links there are before a [..].
        Path folder = named.toAbsolutePath().normalize();
        Modality modality = assembly.alone();
        WholeTextEncoder encoder = assembly.pipeline(modality).whole();
        requireOwn(folder);
        ModalityNetwork trained = assembly.network(
                modality,
                model.card().modalities().get(modality.name()).width(),
                Optional.ofNullable(model.normalisation().get(modality.name())));
        TokenNetwork network = TokenNetwork.of(trained, encoder.network());
        ParameterReader parameters =
                parameters(OnnxNetwork.parameters(model.network()), trained.encoderScope() + "/", encoder.published());
        try {
            LongAdder bytes = new LongAdder();
            WholeFolder.replace(folder, written -> {
                for (Path file : OnnxNetwork.writeWhole(
                        "kemo", "Emotion from " + modality, network, parameters, written.resolve(MODEL))) {
                    bytes.add(Files.size(file));
                }
                Files.copy(encoder.tokenizer(), written.resolve(TOKENIZER));
                Files.write(written.resolve(CONFIGURATION), configuration(assembly.labels(), encoder));
            });
            return new OnnxExport(
                    folder.resolve(MODEL),
                    bytes.sum(),
                    network.inputs(),
                    NetworkOutputs.of(network),
                    assembly.labels(),
                    encoder.maxTokens());
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The folder [" + folder + "] cannot be written: [" + e + "].",
                            "Make room there, or name another.")
                    .causedBy(e);
        }
    }

    /** What training left, and for the rest of the encoder what was published. */
    private static ParameterReader parameters(
            Map<String, FloatTensor> trained, String encoder, ParameterReader published) {
        return (name, shape) -> {
            FloatTensor value = trained.get(name);
            if (value == null && !name.startsWith(encoder)) {
                throw new IllegalStateException("The model has no parameter [" + name + "]");
            }
            return value != null ? value : published.read(name.substring(encoder.length()), shape);
        };
    }

    private static byte[] configuration(LabelSpace labels, WholeTextEncoder encoder) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode configuration = mapper.createObjectNode();
        configuration.put(PRODUCER, COMMAND);
        configuration.put("max_tokens", encoder.maxTokens());
        configuration.put("pad_token_id", encoder.padding());
        ObjectNode names = configuration.putObject("id2label");
        ObjectNode ids = configuration.putObject("label2id");
        for (int i = 0; i < labels.size(); i++) {
            names.put(Integer.toString(i), labels.label(i));
            ids.put(labels.label(i), i);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(configuration);
    }

    private static void requireOwn(Path folder) {
        if (Files.exists(folder) && !isOwn(folder)) {
            throw KemoException.configuration(
                    "The folder [" + folder + "] holds something else than an export.",
                    "Name one that is not there or empty.");
        }
    }

    private static boolean isOwn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            Set<String> names =
                    inside.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            return names.isEmpty() || (FILES.containsAll(names) && isExport(folder.resolve(CONFIGURATION)));
        } catch (IOException | JacksonException e) {
            return false;
        }
    }

    private static boolean isExport(Path configuration) {
        JsonNode json = JsonMapper.shared().readTree(configuration.toFile());
        return json.path(PRODUCER).asString("").equals(COMMAND);
    }
}
