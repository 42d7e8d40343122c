package org.kemo.runtime.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.model.Safetensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What finished stages left, two files each in one folder. Trainings that have a stage in common, with the same data, seed and
 * options, can share the folder: the first trains it, the others read it. One whose files are damaged counts as not finished. Safe for
 * use by several threads at once.
 */
public final class FinishedStages {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedStages.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

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
     * What the second file says, which is the last to be written.
     *
     * @param parameters the SHA-256 sum of the first
     * @param metrics what was measured
     */
    private record Kept(String parameters, Map<String, Double> metrics) {}

    /**
     * What a stage left that was finished.
     *
     * @param key a file name
     */
    Optional<Finished> find(String key) {
        Path metrics = metrics(key);
        if (!Files.isRegularFile(metrics)) {
            return Optional.empty();
        }
        try {
            Kept kept = JSON.readValue(metrics.toFile(), Kept.class);
            String sum = Sha256.of(parameters(key));
            if (sum.equals(kept.parameters())) {
                return Optional.of(new Finished(Safetensors.read(parameters(key)), kept.metrics()));
            }
            return damaged(parameters(key), "its SHA-256 is " + sum + " and was " + kept.parameters());
        } catch (JacksonException unreadable) {
            return damaged(metrics, "it is cut short, or a name is missing");
        } catch (IOException e) {
            return damaged(parameters(key), e.toString());
        }
    }

    private static Optional<Finished> damaged(Path file, String why) {
        LOG.warn("The file [{}] of a finished stage is damaged: [{}]. The stage is trained again.", file, why);
        return Optional.empty();
    }

    /** Keeps what a stage left; it counts once its metrics are in place. */
    void keep(String key, Finished finished) {
        Safetensors.write(parameters(key), finished.parameters());
        try {
            Kept kept = new Kept(Sha256.of(parameters(key)), finished.metrics());
            WholeFile.write(metrics(key), JSON.writeValueAsBytes(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
