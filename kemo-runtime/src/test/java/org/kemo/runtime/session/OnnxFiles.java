package org.kemo.runtime.session;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models that no network of Kemo makes: what other tools write, and what an attacker might. */
public final class OnnxFiles {
    private OnnxFiles() {}

    /** Writes a model. */
    public static Path write(ModelProto model, Path file) {
        try {
            return Files.write(file, model.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
                .setGraph(graph.setName("test"))
                .build();
    }

    /** Inputs of type int32, with a nameless axis, and bool; an output of type int32 that is no float. */
    static ModelProto castingIntegersAndTruths() {
        return model(GraphProto.newBuilder()
                .addInput(value("numbers", TensorProto.DataType.INT32, ""))
                .addInput(value("truths", TensorProto.DataType.BOOL, "M"))
                .addNode(toFloat("numbers", "numbersAsFloat"))
                .addNode(node("", "Identity", "numbers", "numbersAsTheyAre"))
                .addNode(toFloat("truths", "truthsAsFloat"))
                .addOutput(value("numbersAsFloat", TensorProto.DataType.FLOAT, ""))
                .addOutput(value("numbersAsTheyAre", TensorProto.DataType.INT32, ""))
                .addOutput(value("truthsAsFloat", TensorProto.DataType.FLOAT, "M")));
    }

    /** Rows of a table of two by [ids]. */
    public static ModelProto table() {
        return model(GraphProto.newBuilder()
                .addInput(value("ids", TensorProto.DataType.INT64, "N"))
                .addInitializer(TensorProto.newBuilder()
                        .setName("table")
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(2)
                        .addFloatData(1)
                        .addFloatData(2))
                .addNode(node("", "Gather", "table", "row").addInput("ids"))
                .addOutput(value("row", TensorProto.DataType.FLOAT, "N")));
    }

    /**
     * x [2], rounded to 8 bits, times a column of two 100s, as dynamic quantisation has it.
     *
     * @param zeroPoint whether the zero point of the column is named, which is 0 otherwise
     */
    static ModelProto product(boolean zeroPoint) {
        NodeProto.Builder product =
                node("", "MatMulInteger", "q", "sum").addInput("column").addInput("z");
        GraphProto.Builder graph = passing(
                node("", "DynamicQuantizeLinear", "x", "q").addOutput("s").addOutput("z"));
        if (zeroPoint) {
            product.addInput("zero");
            graph.addInitializer(int8("zero").addInt32Data(0));
        }
        return model(graph.addInitializer(
                        int8("column").addDims(2).addDims(1).addInt32Data(100).addInt32Data(100))
                .addNode(product)
                .addNode(toFloat("sum", "whole"))
                .addNode(node("", "Mul", "whole", "y").addInput("s"))
                .setOutput(0, value("y", TensorProto.DataType.FLOAT, "")));
    }

    /** The same with a second product of the same column, which nobody reads. */
    static ModelProto productTwice() {
        ModelProto.Builder model = product(true).toBuilder();
        NodeProto product = model.getGraph().getNode(1);
        model.getGraphBuilder()
                .addNode(product.toBuilder().setOutput(0, "again"))
                .addNode(toFloat("again", "wholeAgain"))
                .addOutput(value("wholeAgain", TensorProto.DataType.FLOAT, ""));
        return model.build();
    }

    /**
     * The same product by one operator of ONNX Runtime's own.
     *
     * @param zeroPoint whether the zero point of the column is named, which is 0 otherwise
     */
    static ModelProto productInOne(boolean zeroPoint) {
        NodeProto.Builder product = node("com.microsoft", "DynamicQuantizeMatMul", "x", "y")
                .addInput("column")
                .addInput("scale");
        if (zeroPoint) {
            product.addInput("zero");
        }
        GraphProto.Builder graph = passing(product)
                .addInitializer(
                        int8("column").addDims(2).addDims(1).addInt32Data(100).addInt32Data(100))
                .addInitializer(scale())
                .setOutput(0, value("y", TensorProto.DataType.FLOAT, ""));
        if (zeroPoint) {
            graph.addInitializer(int8("zero").addInt32Data(0));
        }
        return model(graph).toBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.microsoft")
                        .setVersion(1))
                .build();
    }

    /** The same with a second product of the same column, which nobody reads. */
    static ModelProto productInOneTwice() {
        ModelProto.Builder model = productInOne(true).toBuilder();
        NodeProto product = model.getGraph().getNode(0);
        model.getGraphBuilder()
                .addNode(product.toBuilder().setOutput(0, "again"))
                .addOutput(value("again", TensorProto.DataType.FLOAT, ""));
        return model.build();
    }

    /** y = x [2] + two 100s of 8 bits without a zero point, as they are. */
    static ModelProto addingEightBits() {
        return model(passing(node("", "DequantizeLinear", "column", "whole").addInput("scale"))
                .addNode(node("", "Add", "x", "y").addInput("whole"))
                .addInitializer(int8("column").addDims(2).addInt32Data(100).addInt32Data(100))
                .addInitializer(scale()));
    }

    private static TensorProto.Builder scale() {
        return TensorProto.newBuilder()
                .setName("scale")
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addFloatData(1);
    }

    private static TensorProto.Builder int8(String name) {
        return TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT8_VALUE);
    }

    static ModelProto unknownOperator() {
        return operatorOf("");
    }

    /** One operator that nobody knows. */
    static ModelProto operatorOf(String domain) {
        return model(passing(node(domain, "Emote", "x", "y")));
    }

    /** A tensor of which the numbers are in another file. */
    public static TensorProto.Builder elsewhere(String location) {
        return TensorProto.newBuilder()
                .setName("weight")
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }

    /** y = x + weight. */
    public static ModelProto adding(TensorProto.Builder weight) {
        return model(passing(node("", "Add", "x", "y").addInput("weight")).addInitializer(weight));
    }

    /** The same where the weight is a constant within a branch of an If. */
    static ModelProto addingWithinABranch(TensorProto.Builder weight) {
        GraphProto.Builder branch = GraphProto.newBuilder()
                .setName("branch")
                .addNode(NodeProto.newBuilder()
                        .setOpType("Constant")
                        .addOutput("weight")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(weight)))
                .addNode(node("", "Add", "x", "sum").addInput("weight"))
                .addOutput(value("sum", TensorProto.DataType.FLOAT, "N"));
        NodeProto.Builder choice = node("", "If", "condition", "y")
                .addAttribute(branch("then_branch", branch))
                .addAttribute(branch("else_branch", branch));
        return model(passing(choice).addInput(value("condition", TensorProto.DataType.BOOL, "C")));
    }

    private static AttributeProto.Builder branch(String name, GraphProto.Builder graph) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(graph);
    }

    /** From x [N] to y [N] by one node. */
    static GraphProto.Builder passing(NodeProto.Builder node) {
        return GraphProto.newBuilder()
                .addInput(value("x", TensorProto.DataType.FLOAT, "N"))
                .addNode(node)
                .addOutput(value("y", TensorProto.DataType.FLOAT, "N"));
    }

    static NodeProto.Builder node(String domain, String operator, String input, String output) {
        return NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .addInput(input)
                .addOutput(output);
    }

    private static NodeProto.Builder toFloat(String input, String output) {
        return node("", "Cast", input, output)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(TensorProto.DataType.FLOAT_VALUE));
    }

    private static ValueInfoProto.Builder value(String name, TensorProto.DataType type, String dimension) {
        TensorShapeProto.Dimension.Builder axis = TensorShapeProto.Dimension.newBuilder();
        if (!dimension.isEmpty()) {
            axis.setDimParam(dimension);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(TensorShapeProto.newBuilder().addDim(axis))));
    }
}
