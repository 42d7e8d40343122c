package org.kemo.runtime.ablation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.model.WholeFile;
import org.kemo.runtime.training.FinishedStages;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The finished cells of an ablation: one file each, named by the sum of all that went into it, so that a cell whose inputs have not
 * changed is never run again and one whose inputs have is never taken for it.
 */
final class CellStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final FinishedStages stages;

    CellStore(Path output) {
        this.folder = output.resolve("cells");
        this.stages = new FinishedStages(output.resolve("stages"));
    }

    /** The stages that cells have in common. */
    FinishedStages stages() {
        return stages;
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
        if (!Files.isDirectory(work(key))) {
            return;
        }
        try (Stream<Path> files = Files.walk(work(key))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The folder [" + work(key) + "] cannot be removed.", "Check its permissions.")
                    .causedBy(e);
        }
    }
}
