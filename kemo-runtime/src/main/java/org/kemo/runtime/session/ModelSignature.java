package org.kemo.runtime.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.onnxruntime.OnnxTensors;

/**
 * What a model asks for and what it gives.
 *
 * @param model its file, for messages
 * @param inputs as the file declares them
 * @param types for each input the type of its numbers in the file, of which {@link ElementType} knows fewer
 * @param outputs those of type float
 */
record ModelSignature(Path model, List<Network.Input> inputs, Map<String, OnnxJavaType> types, List<String> outputs) {
    private static final Set<OnnxJavaType> WHOLE_NUMBERS =
            Set.of(OnnxJavaType.INT64, OnnxJavaType.INT32, OnnxJavaType.BOOL);

    /**
     * Asks a session.
     *
     * @throws KemoException category PLUGIN, where an input is of a type that Kemo has no values for, or no output is of type float
     */
    static ModelSignature of(Path model, OrtSession session) throws OrtException {
        List<Network.Input> inputs = new ArrayList<>();
        Map<String, OnnxJavaType> types = new LinkedHashMap<>();
        for (NodeInfo node : session.getInputInfo().values()) {
            if (!(node.getInfo() instanceof TensorInfo tensor) || !known(tensor.type)) {
                throw KemoException.plugin(
                        "The model [" + model + "] asks for the input [" + node.getName() + "] of the type ["
                                + node.getInfo() + "].",
                        "Export it with inputs of type float, int64, int32 or bool.");
            }
            ElementType type = tensor.type == OnnxJavaType.FLOAT ? ElementType.FLOAT : ElementType.LONG;
            inputs.add(new Network.Input(node.getName(), type, shape(node.getName(), tensor)));
            types.put(node.getName(), tensor.type);
        }
        List<String> outputs = new ArrayList<>();
        for (NodeInfo node : session.getOutputInfo().values()) {
            if (node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
                outputs.add(node.getName());
            }
        }
        if (outputs.isEmpty()) {
            throw KemoException.plugin(
                    "The model [" + model + "] has no output of type float.", "Export it with outputs of type float.");
        }
        return new ModelSignature(model, List.copyOf(inputs), Map.copyOf(types), List.copyOf(outputs));
    }

    private static boolean known(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || WHOLE_NUMBERS.contains(type);
    }

    private static Shape shape(String input, TensorInfo tensor) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int axis = 0; axis < tensor.getShape().length; axis++) {
            long size = tensor.getShape()[axis];
            String name = tensor.getDimensionNames()[axis];
            dimensions.add(
                    size >= 0
                            ? Dimension.fixed(Math.toIntExact(size))
                            : Dimension.named(name.isEmpty() ? input + "." + axis : name));
        }
        return new Shape(dimensions);
    }

    /**
     * Compares values with what the model asks for.
     *
     * @throws KemoException category INPUT, at the first that does not fit
     */
    void check(Map<String, ? extends Tensor> values) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        inputs.forEach(input -> unknown.remove(input.name()));
        if (!unknown.isEmpty()) {
            throw wrong("has no input " + unknown);
        }
        for (Network.Input input : inputs) {
            Tensor value = values.get(input.name());
            if (value == null) {
                throw wrong("was not given its input [" + input.name() + "]");
            }
            if (value.type() != input.type() || !input.shape().fits(value.shape())) {
                throw wrong("takes no " + value.type() + " " + Arrays.toString(value.shape()) + " as [" + input.name()
                        + "]");
            }
        }
    }

    /** Checked values in native memory; to be closed. */
    Map<String, OnnxTensor> toNative(OrtEnvironment environment, Map<String, ? extends Tensor> values)
            throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Network.Input input : inputs) {
                tensors.put(input.name(), toNative(environment, input, values.get(input.name())));
            }
            return tensors;
        } catch (OrtException | RuntimeException e) {
            OnnxValue.close(tensors);
            throw e;
        }
    }

    private OnnxTensor toNative(OrtEnvironment environment, Network.Input input, Tensor value) throws OrtException {
        if (!(value instanceof LongTensor ids)) {
            return OnnxTensors.toNative(environment, value);
        }
        try {
            return OnnxTensors.toNative(environment, ids, types.get(input.name()));
        } catch (ArithmeticException e) {
            throw wrong("takes no number beyond 32 bits as [" + input.name() + "]");
        }
    }

    private KemoException wrong(String what) {
        StringBuilder asked = new StringBuilder();
        for (Network.Input input : inputs) {
            asked.append(asked.isEmpty() ? "" : ", ")
                    .append('[')
                    .append(input.name())
                    .append("] ")
                    .append(input.type())
                    .append(' ')
                    .append(input.shape());
        }
        return KemoException.input("The model [" + model + "] " + what + ".", "It asks for " + asked + ".");
    }
}
