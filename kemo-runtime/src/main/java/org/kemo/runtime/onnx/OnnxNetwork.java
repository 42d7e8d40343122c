package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.service.ModelPrecision;

/**
 * A network and its parameters as an ONNX model: opset 18, standard operators only. Inputs and outputs are the
 * network's own, in its order, with their names and types; a {@linkplain org.kemo.api.network.Dimension named dimension} is
 * a named dimension there, so that any batch and any length will do. All of the network's inputs are inputs of the model, those too
 * that it does not read. Parameters keep their scoped names, but those of an LSTM, which has another layout there.
 *
 * <p>The same network with the same parameters gives the same bytes. Immutable.
 */
public final class OnnxNetwork {
    /** The first that has opset 18 (ONNX 1.13). */
    private static final int IR_VERSION = 8;

    private final byte[] bytes;

    private OnnxNetwork(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Writes a network down.
     *
     * @param name the model's name
     * @param description what the model is, for whoever opens the file
     * @param network the network
     * @param parameters by scoped name, a value for each that the network asks for; others are left out
     * @throws IllegalArgumentException where shapes do not fit, a parameter is missing or of another shape, or an output is
     *     called as an input or parameter is
     */
    public static OnnxNetwork of(
            String name, String description, Network network, Map<String, FloatTensor> parameters) {
        return of(name, description, network, ModelPrecision.FLOAT32, parameters);
    }

    /**
     * Writes a network down as {@link #of(String, String, Network, Map)} does, in a precision. What goes in and out stays float32.
     *
     * @param precision of the parameters and of what is computed
     */
    static OnnxNetwork of(
            String name,
            String description,
            Network network,
            ModelPrecision precision,
            Map<String, FloatTensor> parameters) {
        return of(name, description, network, precision, GraphParameters.of(parameters), TensorStorage.inTheModel());
    }

    /**
     * Writes a network down file by file: the model, and beside it, under the same name with {@code .data} behind it, the numbers
     * of its parameters, which may be more than the two gigabytes that a model itself can hold. Each parameter is read once, and
     * none is kept in memory.
     *
     * @param precision of the parameters and of what is computed; what goes in and out stays float32
     * @param file in a folder that exists; what stood there is replaced
     * @throws IllegalArgumentException as {@link #of(String, String, Network, Map)} does
     * @throws IOException where a file cannot be written; what was begun is left there
     */
    public static void write(
            String name,
            String description,
            Network network,
            ModelPrecision precision,
            ParameterReader parameters,
            Path file)
            throws IOException {
        try (DataFile data = DataFile.create(data(file))) {
            Files.write(file, of(name, description, network, precision, parameters, data).bytes);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * As {@link #write(String, String, Network, ModelPrecision, ParameterReader, Path)} in float32, but as one file where that can hold all, which is up to two
     * gigabytes.
     *
     * @return the files that were written: the model, and where there is one the file beside it
     */
    public static List<Path> writeWhole(
            String name, String description, Network network, ParameterReader parameters, Path file)
            throws IOException {
        return writeWhole(name, description, network, parameters, file, InlinedData.MOST);
    }

    static List<Path> writeWhole(
            String name, String description, Network network, ParameterReader parameters, Path file, long most)
            throws IOException {
        write(name, description, network, ModelPrecision.FLOAT32, parameters, file);
        return InlinedData.into(file, data(file), most) ? List.of(file) : List.of(file, data(file));
    }

    /**
     * The parameters in a model that {@link #of(String, String, Network, Map)} wrote, by their scoped names, but not those of an LSTM, which
     * have another layout there, nor those that nothing reads on the way to an output, which are left out.
     *
     * @throws KemoException category PLUGIN, where the file cannot be read
     */
    public static Map<String, FloatTensor> parameters(Path file) {
        Map<String, FloatTensor> parameters = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (OnnxMl.TensorProto tensor :
                    OnnxMl.ModelProto.parseFrom(in).getGraph().getInitializerList()) {
                // What the network fixes itself has a number in its name.
                if (!tensor.getName().contains("#")) {
                    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
                    tensor.getRawData()
                            .asReadOnlyByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer()
                            .get(values);
                    int[] shape = tensor.getDimsList().stream()
                            .mapToInt(Math::toIntExact)
                            .toArray();
                    parameters.put(tensor.getName(), FloatTensor.of(values, shape));
                }
            }
        } catch (IOException e) {
            throw KemoException.plugin("The model [" + file + "] cannot be read.", "Restore it, or train it again.")
                    .causedBy(e);
        }
        return parameters;
    }

    private static Path data(Path file) {
        return file.resolveSibling(file.getFileName() + ".data");
    }

    private static OnnxNetwork of(
            String name,
            String description,
            Network network,
            ModelPrecision precision,
            ParameterReader parameters,
            TensorStorage storage) {
        OnnxGraph graph = new OnnxGraph(name, precision, storage);
        Map<String, GraphValue> inputs = new LinkedHashMap<>();
        network.inputs().forEach(input -> inputs.put(input.name(), graph.input(input)));
        network.forward(new OnnxOps(graph, new GraphParameters(graph, parameters)), inputs)
                .forEach(graph::output);
        OnnxMl.ModelProto model = OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("kemo")
                .setDocString(description)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OnnxOps.OPSET))
                .setGraph(graph.build())
                .build();
        return new OnnxNetwork(model.toByteArray());
    }

    /** The model, as it would stand in a file. A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
