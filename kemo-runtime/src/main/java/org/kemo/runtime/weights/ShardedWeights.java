package org.kemo.runtime.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.Weights;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Weights in several safetensors files, which {@code model.safetensors.index.json} names: {@code {"weight_map": {"tensor":
 * "model-00001-of-00002.safetensors"}}}. The files lie beside the index.
 */
final class ShardedWeights implements Weights {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path index;
    private final Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();
    private final Map<String, SafetensorsFile> byFile = new TreeMap<>();

    private ShardedWeights(Path index) {
        this.index = index;
    }

    /** The files that an index names. */
    static Map<String, Path> files(Path index) {
        Map<String, Path> files = new TreeMap<>();
        map(index).values().forEach(name -> files.put(name, file(index, name)));
        return files;
    }

    static ShardedWeights open(Path index) {
        ShardedWeights weights = new ShardedWeights(index);
        try {
            files(index).forEach((name, path) -> weights.byFile.put(name, SafetensorsFile.open(path)));
            map(index).forEach((tensor, name) -> {
                SafetensorsFile file = weights.byFile.get(name);
                file.shape(tensor);
                weights.byTensor.put(tensor, file);
            });
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static Map<String, String> map(Path index) {
        try {
            JsonNode map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
            Map<String, String> files = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : map.properties()) {
                files.put(each.getKey(), each.getValue().asString(""));
            }
            if (files.isEmpty()) {
                throw SafetensorsHeader.damaged(index, "it has no weight_map");
            }
            return files;
        } catch (IOException | JacksonException e) {
            throw SafetensorsHeader.damaged(index, e.getMessage()).causedBy(e);
        }
    }

    private static Path file(Path index, String name) {
        // A name and no path: an index has no right to files outside its folder.
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw SafetensorsHeader.damaged(index, "it names the file [" + name + "]");
        }
        return index.resolveSibling(name);
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(byTensor.keySet());
    }

    @Override
    public int[] shape(String name) {
        return of(name).shape(name);
    }

    @Override
    public FloatTensor read(String name) {
        return of(name).read(name);
    }

    private SafetensorsFile of(String name) {
        SafetensorsFile file = byTensor.get(name);
        if (file == null) {
            throw KemoException.plugin(
                    "The index [" + index + "] names no tensor [" + name + "].",
                    "Use the weights of a model of the kind that its config.json names.");
        }
        return file;
    }

    @Override
    public void close() {
        byFile.values().forEach(SafetensorsFile::close);
    }
}
