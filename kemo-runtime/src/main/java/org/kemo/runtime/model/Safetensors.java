package org.kemo.runtime.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named tensors in one file, in the safetensors format: the length of the header (u64, little-endian), a JSON header with type,
 * shape and offsets of each tensor, the values. Type F32 only. What a header says is checked before it is believed.
 */
public final class Safetensors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Safetensors() {}

    /** Writes the tensors in the order of the map. */
    public static void write(Path file, Map<String, FloatTensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        int offset = 0;
        for (Map.Entry<String, FloatTensor> each : tensors.entrySet()) {
            int end = Math.addExact(offset, Math.multiplyExact(each.getValue().count(), Float.BYTES));
            ObjectNode entry = header.putObject(each.getKey());
            entry.put("dtype", "F32");
            for (int size : each.getValue().shape()) {
                entry.withArray("shape").add(size);
            }
            entry.withArray("shape");
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        ByteBuffer length =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
        ByteBuffer values = ByteBuffer.allocate(offset).order(ByteOrder.LITTLE_ENDIAN);
        for (FloatTensor tensor : tensors.values()) {
            for (float value : tensor.values()) {
                values.putFloat(value);
            }
        }
        WholeFile.write(file, length.array(), json, values.array());
    }

    /**
     * Reads the tensors in the order of the header.
     *
     * @throws KemoException category PLUGIN, where the file is not such a file
     */
    public static Map<String, FloatTensor> read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            long length = bytes.remaining() < Long.BYTES ? -1 : bytes.getLong();
            if (length < 0 || length > bytes.remaining()) {
                throw damaged(file, "its header is cut off", null);
            }
            byte[] json = new byte[(int) length];
            bytes.get(json);
            ByteBuffer values = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            Map<String, FloatTensor> tensors = new LinkedHashMap<>();
            JsonNode header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
            if (!header.isObject()) {
                throw damaged(file, "its header is not an object", null);
            }
            for (Map.Entry<String, JsonNode> each : header.properties()) {
                if (!each.getKey().equals("__metadata__")) {
                    tensors.put(each.getKey(), tensor(file, each.getValue(), values));
                }
            }
            return tensors;
        } catch (IOException | JacksonException | ArithmeticException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    private static FloatTensor tensor(Path file, JsonNode entry, ByteBuffer values) {
        if (!entry.path("dtype").asString("").equals("F32")) {
            throw damaged(file, "it holds values of type " + entry.path("dtype"), null);
        }
        int count = 1;
        int[] shape = new int[entry.path("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = whole(entry.path("shape").path(axis));
            if (shape[axis] < 0) {
                throw damaged(file, "it holds the shape " + entry.path("shape"), null);
            }
            count = Math.multiplyExact(count, shape[axis]);
        }
        int begin = whole(entry.path("data_offsets").path(0));
        int end = whole(entry.path("data_offsets").path(1));
        if (!entry.path("shape").isArray()
                || begin < 0
                || end < begin
                || end > values.limit()
                || end - begin != Math.multiplyExact(count, Float.BYTES)) {
            throw damaged(file, "its offsets " + entry.path("data_offsets") + " do not fit its shape", null);
        }
        float[] floats = new float[count];
        values.slice(begin, end - begin)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return FloatTensor.of(floats, shape);
    }

    /** -1 for anything but a whole number that an array can have as its size. */
    private static int whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : -1;
    }

    private static KemoException damaged(Path file, String why, Exception cause) {
        KemoException problem = KemoException.plugin(
                "The file [" + file + "] cannot be used: " + why + ".", "Fetch or train it again.");
        return cause == null ? problem : problem.causedBy(cause);
    }
}
