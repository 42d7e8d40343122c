package org.kemo.runtime.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.files.FolderLock;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.model.Safetensors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a killed run goes on from: a folder {@code checkpoint} in the output folder with the parameters of every finished stage
 * and, for the stage in training, the trainer's state, the best parameters, the running average and where it stood. A state
 * counts once its {@code position.json} has been moved into place, which is the last thing written. From {@link #open} to {@link #close}
 * no other run, in whatever process, is in the folder.
 */
final class Checkpoint implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String POSITION = "position.json";

    /** Files that belong to a position, those that a kill left half written among them. */
    private static final Pattern OF_A_POSITION =
            Pattern.compile("(state-\\d+-\\d+|(best|average)-\\d+\\.safetensors)(\\..*\\.part)?");

    /**
     * What {@code position.json} says.
     *
     * @param run the fingerprint of the run
     * @param stage the name of the one in training; empty before the first
     */
    private record Standing(String run, String stage, Position position) {}

    private final Path folder;
    private final String run;
    private final FinishedStages finished;
    private Optional<FolderLock> alone = Optional.empty();

    Checkpoint(Path output, String run) {
        this.folder = output.resolve("checkpoint");
        this.finished = new FinishedStages(folder);
        this.run = run;
    }

    /** What a stage left that was finished. */
    Optional<FinishedStages.Finished> finished(String stage) {
        refuseOtherRun();
        return finished.find(stage);
    }

    /** Keeps what a finished stage left. */
    void finish(String stage, FinishedStages.Finished left) {
        finished.keep(stage, left);
    }

    /** Where the stage in training stood, if it is that one. */
    Optional<Position> position(String stage) {
        return standing().filter(standing -> standing.stage().equals(stage)).map(Standing::position);
    }

    void write(String stage, Position position) {
        WholeFile.write(folder.resolve(POSITION), JSON.writeValueAsBytes(new Standing(run, stage, position)));
    }

    /** The trainer's state there. */
    Path state(Position position) {
        return folder.resolve("state-" + position.epoch() + "-" + position.step());
    }

    /** A set of parameters beside the state, as the last epoch left it: {@code best}, {@code average}. */
    Path tensors(String name, Position position) {
        return folder.resolve(name + "-" + position.epoch() + ".safetensors");
    }

    /**
     * Such a set, as it was written.
     *
     * @throws KemoException category CONFIGURATION, where its file is damaged
     */
    Map<String, FloatTensor> read(String name, Position position) {
        Path file = tensors(name, position);
        try {
            return Safetensors.read(file);
        } catch (KemoException e) {
            throw damaged(file, e);
        }
    }

    /** Removes what belongs to earlier positions. */
    void keepOnly(Position position) {
        Set<Path> kept = Set.of(state(position), tensors("best", position), tensors("average", position));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (OF_A_POSITION.matcher(file.getFileName().toString()).matches() && !kept.contains(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Makes the folder, where it is not there yet, and keeps other runs out of it.
     *
     * @throws KemoException category CONFIGURATION, where another run is in there, or it cannot be written
     */
    void open() {
        if (alone.isEmpty()) {
            alone = Optional.of(lock());
        }
        refuseOtherRun();
        if (standing().isEmpty()) {
            write("", Position.BEGIN);
        }
    }

    private FolderLock lock() {
        try {
            return FolderLock.of(folder.toAbsolutePath().resolve("lock"), () -> {
                throw KemoException.configuration(
                        "Another run trains in the folder [" + folder + "].",
                        "Wait until it has ended, or give another --out.");
            });
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Lets others in. */
    @Override
    public void close() {
        alone.ifPresent(FolderLock::close);
    }

    /** Removes the folder: the run has ended well. */
    void remove() {
        try {
            forget();
            WholeFolder.remove(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Removes what says that other files are there: a run that is killed while these are removed has nothing to go on from. Whose
     * they are is forgotten last: no other run takes what is left for its own.
     */
    void forget() throws IOException {
        Path position = folder.resolve(POSITION);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json") && !each.equals(position))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(position);
    }

    private Optional<Standing> standing() {
        Path file = folder.resolve(POSITION);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Standing.class));
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private KemoException damaged(Path file, RuntimeException cause) {
        return KemoException.configuration(
                        "The file [" + file + "] of a run that stopped is damaged.",
                        "Remove the folder [" + folder + "] to begin anew.")
                .causedBy(cause);
    }

    /** Refuses the folder of another run. */
    void refuseOtherRun() {
        if (standing().filter(standing -> !standing.run().equals(run)).isPresent()) {
            throw KemoException.configuration(
                    "The folder [" + folder
                            + "] holds the checkpoint of a run with another configuration, other data, or another build of Kemo or its plugins.",
                    "Give another --out, or remove that folder to begin anew.");
        }
    }

    private KemoException unusable(IOException cause) {
        return KemoException.configuration(
                        "The folder [" + folder + "] cannot be written: [" + cause + "].",
                        "Give an --out where there is room and permission.")
                .causedBy(cause);
    }
}
