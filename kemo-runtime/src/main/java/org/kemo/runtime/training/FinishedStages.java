package org.kemo.runtime.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.model.Safetensors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What finished stages left, two files each in one folder. Trainings that have a stage in common, with the same data, seed and
 * options, can share the folder: the first trains it, the others read it. Safe for use by several threads at once.
 */
public final class FinishedStages {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** Those of a folder, which is made when the first is kept. */
    public FinishedStages(Path folder) {
        this.folder = folder;
    }

    /**
     * What a finished stage left.
     *
     * @param parameters of its network, by scoped name
     * @param metrics what was measured
     */
    record Finished(Map<String, FloatTensor> parameters, Map<String, Double> metrics) {}

    /**
     * What a stage left that was finished.
     *
     * @param key a file name
     * @throws KemoException category CONFIGURATION, where its files are damaged
     */
    Optional<Finished> find(String key) {
        Path metrics = metrics(key);
        if (!Files.isRegularFile(metrics)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Finished(
                    Safetensors.read(parameters(key)),
                    JSON.readValue(metrics.toFile(), new TypeReference<Map<String, Double>>() {})));
        } catch (JacksonException e) {
            throw KemoException.configuration(
                            "The file [" + metrics + "] of a run that stopped is damaged.",
                            "Remove its folder to begin anew.")
                    .causedBy(e);
        }
    }

    /** Keeps what a stage left; it counts once its metrics are in place. */
    void keep(String key, Finished finished) {
        Safetensors.write(parameters(key), finished.parameters());
        WholeFile.write(metrics(key), JSON.writeValueAsBytes(finished.metrics()));
    }

    /** What a stage left: found, or else computed and kept. Whoever asks for the same meanwhile waits. */
    Finished once(String key, Supplier<Finished> compute) {
        synchronized (locks.computeIfAbsent(key, any -> new Object())) {
            return find(key).orElseGet(() -> {
                Finished finished = compute.get();
                keep(key, finished);
                return finished;
            });
        }
    }

    private Path parameters(String key) {
        return folder.resolve(key + ".finished.safetensors");
    }

    private Path metrics(String key) {
        return folder.resolve(key + ".finished.json");
    }
}
