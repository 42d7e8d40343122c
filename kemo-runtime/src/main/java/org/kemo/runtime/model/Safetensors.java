package org.kemo.runtime.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.weights.SafetensorsFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Named tensors in one small file, in the format that {@link SafetensorsFile} reads; written as F32. */
public final class Safetensors {
    private static final JsonMapper JSON = JsonMapper.shared();

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
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            weights.names().forEach(name -> tensors.put(name, weights.read(name)));
        }
        return tensors;
    }
}
