package org.kemo.runtime.session;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a model refers to outside itself, found by walking through its file without loading it: weights are skipped, so that
 * a gigabyte takes no longer than its graph. Nested graphs and functions are walked through as well.
 */
final class ModelScan {
    /** The operators that ONNX Runtime brings itself. */
    private static final Set<String> KNOWN_DOMAINS =
            Set.of("", "ai.onnx", "ai.onnx.ml", "ai.onnx.preview", "com.microsoft", "com.microsoft.nchwc");

    /** Protobuf's wire type of strings, bytes and messages. */
    private static final int LENGTH_DELIMITED = 2;

    /**
     * The operators of which ONNX Runtime rewrites weights and their zero points for exact sums ({@code avx2_weight_s8_to_u8.cc} and
     * {@code qdq_s8_to_u8.cc} there).
     */
    private static final Map<String, List<Factor>> REWRITTEN = Map.of(
            "MatMulInteger", List.of(new Factor(1, 3)),
            "MatMulIntegerToFloat", List.of(new Factor(1, 5)),
            "DynamicQuantizeMatMul", List.of(new Factor(1, 3)),
            "DynamicQuantizeLSTM", List.of(new Factor(1, 9), new Factor(2, 11)),
            "QAttention", List.of(new Factor(1, 7)),
            "QGemm", List.of(new Factor(3, 5)),
            "QLinearMatMul", List.of(new Factor(3, 5)),
            "QLinearConv", List.of(new Factor(3, 5)),
            "DequantizeLinear", List.of(new Factor(0, 2)));

    /** Graphs within graphs: more than anyone writes, and few enough for the stack. */
    private static final int DEEPEST = 200;

    private final CodedInputStream in;
    private final SortedSet<String> domains = new TreeSet<>();
    private final SortedSet<String> functionDomains = new TreeSet<>();
    private final SortedSet<String> dataFiles = new TreeSet<>();
    private final Set<String> factors = new HashSet<>();
    private boolean exactSums = true;
    private boolean hasGraph;
    private int depth;

    private ModelScan(InputStream in) {
        this.in = CodedInputStream.newInstance(in);
    }

    /** Walks through a model. */
    static ModelScan of(InputStream in) throws IOException {
        ModelScan scan = new ModelScan(in);
        try {
            scan.fields(scan::model);
        } catch (InvalidProtocolBufferException e) {
            throw new NotAModelException(e.getMessage(), e);
        }
        if (!scan.hasGraph) {
            throw new NotAModelException("It has no graph", null);
        }
        return scan;
    }

    /** Domains of operators that neither ONNX Runtime brings nor the model defines. */
    SortedSet<String> foreignDomains() {
        SortedSet<String> foreign = new TreeSet<>(domains);
        foreign.removeAll(KNOWN_DOMAINS);
        foreign.removeAll(functionDomains);
        return foreign;
    }

    /** Where tensors lie that are not in the file, as the file says it. */
    SortedSet<String> dataFiles() {
        return dataFiles;
    }

    /** Whether ONNX Runtime can be asked for exact sums: each product of whole numbers has weights and a zero point of them to itself. */
    boolean exactSums() {
        return exactSums;
    }

    private boolean model(int field) throws IOException {
        switch (field) {
            case ModelProto.GRAPH_FIELD_NUMBER -> {
                hasGraph = true;
                message(this::graph);
            }
            case ModelProto.FUNCTIONS_FIELD_NUMBER -> message(this::function);
            case ModelProto.TRAINING_INFO_FIELD_NUMBER -> message(this::training);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean training(int field) throws IOException {
        boolean graph = field == TrainingInfoProto.INITIALIZATION_FIELD_NUMBER
                || field == TrainingInfoProto.ALGORITHM_FIELD_NUMBER;
        if (graph) {
            message(this::graph);
        }
        return graph;
    }

    private boolean function(int field) throws IOException {
        switch (field) {
            case FunctionProto.DOMAIN_FIELD_NUMBER -> functionDomains.add(in.readString());
            case FunctionProto.NODE_FIELD_NUMBER -> node();
            case FunctionProto.ATTRIBUTE_PROTO_FIELD_NUMBER -> message(this::attribute);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean graph(int field) throws IOException {
        switch (field) {
            case GraphProto.NODE_FIELD_NUMBER -> node();
            case GraphProto.INITIALIZER_FIELD_NUMBER -> message(this::tensor);
            case GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER -> message(this::sparseTensor);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void node() throws IOException {
        Node node = new Node();
        message(node);
        for (Factor factor : REWRITTEN.getOrDefault(node.operator, List.of())) {
            exactSums &= node.has(factor.zeroPoint())
                    && factors.add(node.inputs.get(factor.weights()))
                    && factors.add(node.inputs.get(factor.zeroPoint()));
        }
    }

    /** Which inputs of an operator are weights and their zero point. */
    private record Factor(int weights, int zeroPoint) {}

    /** One node, whose attributes may hold graphs with others. */
    private final class Node implements Fields {
        private String operator = "";
        private final List<String> inputs = new ArrayList<>();

        /** Whether an input is given: one that is left out before others has no name. */
        private boolean has(int input) {
            return inputs.size() > input && !inputs.get(input).isEmpty();
        }

        @Override
        public boolean read(int field) throws IOException {
            switch (field) {
                case NodeProto.INPUT_FIELD_NUMBER -> inputs.add(in.readString());
                case NodeProto.OP_TYPE_FIELD_NUMBER -> operator = in.readString();
                case NodeProto.DOMAIN_FIELD_NUMBER -> domains.add(in.readString());
                case NodeProto.ATTRIBUTE_FIELD_NUMBER -> message(ModelScan.this::attribute);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    private boolean attribute(int field) throws IOException {
        switch (field) {
            case AttributeProto.T_FIELD_NUMBER, AttributeProto.TENSORS_FIELD_NUMBER -> message(this::tensor);
            case AttributeProto.SPARSE_TENSOR_FIELD_NUMBER, AttributeProto.SPARSE_TENSORS_FIELD_NUMBER ->
                message(this::sparseTensor);
            case AttributeProto.G_FIELD_NUMBER, AttributeProto.GRAPHS_FIELD_NUMBER -> message(this::graph);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean sparseTensor(int field) throws IOException {
        boolean tensor =
                field == SparseTensorProto.VALUES_FIELD_NUMBER || field == SparseTensorProto.INDICES_FIELD_NUMBER;
        if (tensor) {
            message(this::tensor);
        }
        return tensor;
    }

    private boolean tensor(int field) throws IOException {
        if (field != TensorProto.EXTERNAL_DATA_FIELD_NUMBER) {
            return false;
        }
        StringStringEntryProto entry = StringStringEntryProto.parseFrom(in.readByteArray());
        if (entry.getKey().equals("location")) {
            dataFiles.add(entry.getValue());
        }
        return true;
    }

    /** Walks through a field that is a message. */
    private void message(Fields reader) throws IOException {
        if (++depth > DEEPEST) {
            throw new NotAModelException("Its graphs are nested more than " + DEEPEST + " deep", null);
        }
        int outer = in.pushLimit(in.readRawVarint32());
        fields(reader);
        // The end of the file ends the loop as the end of the message does.
        if (in.getBytesUntilLimit() != 0) {
            throw new NotAModelException("It ends within a message", null);
        }
        in.popLimit(outer);
        depth--;
    }

    private void fields(Fields reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean nested = (tag & 7) == LENGTH_DELIMITED;
            if (!(nested && reader.read(tag >>> 3)) && !in.skipField(tag)) {
                throw new NotAModelException("It holds the end of a group that has no beginning", null);
            }
        }
    }

    /** Reads a field of a message, or leaves it to be skipped. */
    @FunctionalInterface
    private interface Fields {
        boolean read(int field) throws IOException;
    }

    /** The file is no ONNX model. */
    static final class NotAModelException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        NotAModelException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
