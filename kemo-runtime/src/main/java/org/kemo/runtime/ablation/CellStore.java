package org.kemo.runtime.ablation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.runtime.files.FolderLock;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.training.FinishedStages;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The finished cells of an ablation: one file each, named by the sum of all that went into it, Kemo and its plugins too, so that a cell
 * whose inputs have not changed is never run again and one whose inputs have is never taken for it. The model of the first cell of each
 * variant that came to something stays.
 */
final class CellStore {
    /** A figure that is missing is damage, not 0. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path output;
    private final Path folder;
    private final Path models;
    private final FinishedStages stages;
    private final Map<String, FutureTask<Cell>> asked = new ConcurrentHashMap<>();

    CellStore(Path output) {
        this.output = output;
        this.folder = output.resolve("cells");
        this.models = output.resolve("models");
        this.stages = new FinishedStages(output.resolve("stages"));
    }

    /**
     * Makes the folder and keeps other runs out of it until it is closed: they would train in the same places and remove what this one
     * goes on from.
     *
     * @param waits called once where another run is in there
     * @throws KemoException category CONFIGURATION, where the folder cannot be written
     */
    FolderLock alone(Runnable waits) {
        try {
            return FolderLock.of(output.toAbsolutePath().resolve("lock"), waits);
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The folder [" + output + "] cannot be written or locked: [" + e + "].",
                            "Give an --out where there is room and permission, on a file system that has locks.")
                    .causedBy(e);
        }
    }

    /** The stages that cells have in common. */
    FinishedStages stages() {
        return stages;
    }

    /**
     * The cell of that key, which whoever asks for it first computes before this returns; all others get what comes of that, a failure
     * too. Safe for use by several threads at once.
     */
    Future<Cell> once(String key, Callable<Cell> compute) {
        FutureTask<Cell> cell = asked.computeIfAbsent(key, any -> new FutureTask<>(compute));
        cell.run();
        return cell;
    }

    /** The cell of that key, where it was finished; a file that cannot be read does not count. */
    Optional<Cell> find(String key) {
        Path file = folder.resolve(key + ".json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Cell.class));
        } catch (JacksonException damaged) {
            return Optional.empty();
        }
    }

    /** Keeps a finished cell. */
    void keep(String key, Cell cell) {
        WholeFile.write(folder.resolve(key + ".json"), JSON.writeValueAsBytes(cell));
    }

    /** Where a cell that is not finished trains its model. */
    Path work(String key) {
        return folder.resolve(key);
    }

    /** Removes that folder. */
    void clean(String key) {
        remove(work(key));
    }

    /** Puts the model that a cell trained where {@link #model} finds it. */
    void keepModel(String key) {
        try {
            remove(models.resolve(key));
            Files.createDirectories(models);
            Files.move(work(key), models.resolve(key));
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The folder [" + models.resolve(key) + "] cannot be written.", "Check its permissions.")
                    .causedBy(e);
        }
    }

    /** The model of a finished cell that was kept. */
    Optional<Path> model(String key) {
        return Optional.of(models.resolve(key)).filter(Files::isDirectory);
    }

    /**
     * The real-time factors of a cell's model.
     *
     * @param machine in words; what an earlier run has measured elsewhere does not count
     * @param measure asked where no earlier run has measured them here
     */
    Timing timing(String key, String machine, Supplier<Map<String, Double>> measure) {
        Path file = models.resolve(key + ".json");
        try {
            if (Files.isRegularFile(file)) {
                Timing before = JSON.readValue(file.toFile(), Timing.class);
                if (machine.equals(before.machine())) {
                    return before;
                }
            }
        } catch (JacksonException damaged) {
            // Measured again.
        }
        Timing measured = new Timing(machine, measure.get());
        WholeFile.write(file, JSON.writeValueAsBytes(measured));
        return measured;
    }

    private static void remove(Path folder) {
        try {
            WholeFolder.remove(folder);
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The folder [" + folder + "] cannot be removed.", "Check its permissions.")
                    .causedBy(e);
        }
    }
}
