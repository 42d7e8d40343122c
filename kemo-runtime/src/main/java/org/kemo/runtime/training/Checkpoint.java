package org.kemo.runtime.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.files.WholeFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a killed run goes on from: a folder {@code checkpoint} in the output folder with the parameters of every finished stage
 * and, for the stage in training, the trainer's state, the best parameters, the running average and where it stood. The state
 * of an epoch counts once its {@code position.json} has been moved into place, which is the last thing written.
 */
final class Checkpoint {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Where a stage stood.
     *
     * @param run the fingerprint of the run
     * @param stage its name
     * @param epoch the number of epochs done
     * @param best the best validation accuracy; -1 for none
     * @param bestEpoch the epoch that had it, from 1
     * @param averaged the number of epochs in the running average
     * @param losses mean loss of each epoch
     */
    record Position(
            String run, String stage, int epoch, double best, int bestEpoch, int averaged, List<Double> losses) {}

    private final Path folder;
    private final String run;
    private final FinishedStages finished;

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
        return position().filter(position -> position.stage().equals(stage));
    }

    void write(String stage, int epoch, double best, int bestEpoch, int averaged, List<Double> losses) {
        write(new Position(run, stage, epoch, best, bestEpoch, averaged, losses));
    }

    private void write(Position position) {
        WholeFile.write(folder.resolve("position.json"), JSON.writeValueAsBytes(position));
    }

    /** The trainer's state after that many epochs. */
    Path state(int epoch) {
        return folder.resolve("state-" + epoch);
    }

    /** A set of parameters beside the state: {@code best}, {@code average}. */
    Path tensors(String name, int epoch) {
        return folder.resolve(name + "-" + epoch + ".safetensors");
    }

    /** Removes what belongs to earlier epochs. */
    void keepOnly(int epoch) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.matches("(state|best|average)-\\d+(\\..*)?")
                        && !name.matches("[a-z]+-" + epoch + "(\\..*)?")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Makes the folder, where it is not there yet. */
    void open() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
        refuseOtherRun();
        if (position().isEmpty()) {
            write(new Position(run, "", 0, -1, 0, 0, List.of()));
        }
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

    /** Removes what says that other files are there: a run that is killed while these are removed has nothing to go on from. */
    void forget() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                Files.delete(file);
            }
        }
    }

    private Optional<Position> position() {
        Path file = folder.resolve("position.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Position.class));
        } catch (JacksonException e) {
            throw KemoException.configuration(
                            "The file [" + file + "] of a run that stopped is damaged.",
                            "Remove its folder to begin anew.")
                    .causedBy(e);
        }
    }

    /** Refuses the folder of a run with another configuration or other data. */
    void refuseOtherRun() {
        if (position().filter(position -> !position.run().equals(run)).isPresent()) {
            throw KemoException.configuration(
                    "The folder [" + folder
                            + "] holds the checkpoint of a run with another configuration or other data.",
                    "Give another --out, or remove that folder to begin anew.");
        }
    }

    private KemoException unusable(IOException cause) {
        return KemoException.configuration(
                        "The folder [" + folder + "] cannot be written: " + cause.getMessage() + ".",
                        "Give an --out where there is room and permission.")
                .causedBy(cause);
    }
}
