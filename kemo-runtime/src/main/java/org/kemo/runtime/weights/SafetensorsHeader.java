package org.kemo.runtime.weights;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a safetensors file says of its tensors. As the reference implementation does, it refuses values that overlap or leave
 * something out.
 *
 * @param entries by name, in the order of the header
 */
record SafetensorsHeader(Map<String, Entry> entries) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * One tensor.
     *
     * @param type as the file names it
     * @param shape its axes; the product fits an array
     * @param begin where its values begin, in bytes behind the header
     * @param end where they end
     */
    record Entry(String type, List<Integer> shape, long begin, long end) {
        Entry {
            shape = List.copyOf(shape);
        }

        /** The shape, as tensors take it. */
        int[] sizes() {
            return shape.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    SafetensorsHeader {
        entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Reads and checks a header.
     *
     * @param values the bytes behind the header
     */
    static SafetensorsHeader parse(Path file, byte[] json, long values) {
        try {
            JsonNode header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
            if (!header.isObject()) {
                throw damaged(file, "its header is not an object");
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : header.properties()) {
                if (!each.getKey().equals("__metadata__")) {
                    entries.put(each.getKey(), entry(file, each.getValue()));
                }
            }
            checkOffsets(file, entries, values);
            return new SafetensorsHeader(entries);
        } catch (JacksonException e) {
            throw damaged(file, "its header is no JSON").causedBy(e);
        }
    }

    private static Entry entry(Path file, JsonNode entry) {
        JsonNode sizes = entry.path("shape");
        List<Integer> shape = new ArrayList<>();
        long count = 1;
        for (JsonNode each : sizes) {
            long size = whole(each);
            count = size < 0 || size > Integer.MAX_VALUE ? Long.MAX_VALUE : count * size;
            if (count > Integer.MAX_VALUE) {
                throw damaged(file, "it holds the shape " + sizes);
            }
            shape.add((int) size);
        }
        long values = count;
        String type = entry.path("dtype").asString("");
        long begin = whole(entry.path("data_offsets").path(0));
        long end = whole(entry.path("data_offsets").path(1));
        boolean fits = ValueType.of(type)
                .map(known -> end - begin == known.bytes() * values)
                .orElse(true);
        if (type.isEmpty() || !sizes.isArray() || begin < 0 || end < begin || !fits) {
            throw damaged(file, "its offsets " + entry.path("data_offsets") + " do not fit its shape " + sizes);
        }
        return new Entry(type, shape, begin, end);
    }

    private static void checkOffsets(Path file, Map<String, Entry> entries, long values) {
        List<Entry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : inOrder) {
            if (entry.begin() != end) {
                throw damaged(file, "its tensors overlap or leave a gap at byte [" + entry.begin() + "]");
            }
            end = entry.end();
        }
        if (end != values) {
            throw damaged(file, "its tensors end at byte [" + end + "] and its values at [" + values + "]");
        }
    }

    /** -1 for anything but a whole number. */
    private static long whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
    }

    static KemoException damaged(Path file, String why) {
        return KemoException.plugin("The file [" + file + "] cannot be used: " + why + ".", "Fetch or train it again.");
    }
}
