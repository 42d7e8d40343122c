package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.model.Safetensors;

class CheckpointTest {
    private static final Map<String, FloatTensor> PARAMETERS =
            Map.of("audio/weight", FloatTensor.of(new float[] {1, -2.5f}, 2));

    private static final FinishedStages.Finished LEFT =
            new FinishedStages.Finished(PARAMETERS, Map.of("epochs", 3.0, "validationAccuracy", 0.625));

    private static final Position STOOD = new Position(3, 40, 4.5, 0.75, 2, 1, List.of(1.5, 0.5, 0.25));

    @TempDir
    private Path output;

    @Test
    void knowsNothingAtTheBeginning() {
        Checkpoint checkpoint = opened("run");

        assertThat(checkpoint.position("audio")).isEmpty();
        assertThat(checkpoint.finished("audio")).isEmpty();
    }

    @Test
    void remembersWhereTheStageInTrainingStood() {
        opened("run").write("audio", STOOD);
        Checkpoint again = opened("run");

        assertThat(again.position("audio")).contains(STOOD);
        assertThat(again.position("text")).isEmpty();
    }

    @Test
    void remembersWhatAFinishedStageLeft() {
        opened("run").finish("audio", LEFT);
        Checkpoint again = opened("run");

        assertThat(again.finished("audio")).contains(LEFT);
        assertThat(again.finished("text")).isEmpty();
        assertThat(again.position("audio")).isEmpty();
    }

    @Test
    void refusesTheFolderOfAnotherRun() {
        opened("run").write("audio", STOOD);

        assertThatThrownBy(() -> opened("other"))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("[" + output.resolve("checkpoint") + "]");
    }

    @Test
    void saysThatAPositionIsDamaged() throws IOException {
        opened("run").write("audio", STOOD);
        Files.writeString(output.resolve("checkpoint/position.json"), "{\"run\":");

        assertThatThrownBy(() -> opened("run"))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("position.json")
                .hasMessageContaining("Remove the folder [" + output.resolve("checkpoint") + "] to begin anew.");
    }

    @Test
    void saysThatParametersBesideAPositionAreDamaged() throws IOException {
        Checkpoint checkpoint = opened("run");
        Safetensors.write(checkpoint.tensors("best", STOOD), PARAMETERS);
        assertThat(checkpoint.read("best", STOOD)).isEqualTo(PARAMETERS);

        Path file = Files.write(checkpoint.tensors("best", STOOD), new byte[20]);
        assertThatThrownBy(() -> checkpoint.read("best", STOOD))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("[" + file + "]")
                .hasMessageContaining("Remove the folder [" + output.resolve("checkpoint") + "] to begin anew.");
    }

    @Test
    void keepsTheFilesOfOnePositionAndThoseOfFinishedStages() throws IOException {
        Checkpoint checkpoint = opened("run");
        checkpoint.finish("audio", LEFT);
        for (Position each : List.of(at(1, 4), at(2, 0), at(2, 4), at(2, 40), at(12, 4))) {
            Files.writeString(checkpoint.state(each), "state");
            Files.writeString(Path.of(checkpoint.state(each) + ".7.part"), "half");
            Safetensors.write(checkpoint.tensors("best", each), PARAMETERS);
            Safetensors.write(checkpoint.tensors("average", each), PARAMETERS);
            Files.writeString(Path.of(checkpoint.tensors("average", each) + ".7.part"), "half");
        }
        checkpoint.keepOnly(at(2, 4));

        try (Stream<Path> files = Files.list(output.resolve("checkpoint"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "audio.finished.safetensors",
                            "audio.finished.json",
                            "lock",
                            "position.json",
                            "state-2-4",
                            "best-2.safetensors",
                            "average-2.safetensors");
        }
    }

    @Test
    void keepsTheFilesOfAPositionWhateverTheDigitsOfTheLanguage() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            Checkpoint checkpoint = opened("run");
            Files.writeString(checkpoint.state(at(2, 4)), "state");
            checkpoint.keepOnly(at(2, 4));

            assertThat(output.resolve("checkpoint/state-2-4")).exists();
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Position at(int epoch, int step) {
        return new Position(epoch, step, 0, -1, 0, 0, List.of());
    }

    @Test
    void leavesNothingBehindWhenTheRunHasEnded() throws IOException {
        Checkpoint checkpoint = opened("run");
        checkpoint.finish("audio", LEFT);
        Files.writeString(output.resolve("kemo-model.yaml"), "format: 1");
        checkpoint.remove();

        assertThat(output.resolve("checkpoint")).doesNotExist();
        assertThat(output.resolve("kemo-model.yaml")).exists();
    }

    @Test
    void knowsNothingOnceItsRemovalHasBegun() throws IOException {
        Checkpoint checkpoint = opened("run");
        checkpoint.finish("audio", LEFT);
        checkpoint.write("text", STOOD);
        checkpoint.forget();
        Checkpoint again = opened("run");

        assertThat(again.finished("audio")).isEmpty();
        assertThat(again.position("text")).isEmpty();
        again.remove();
        assertThat(output.resolve("checkpoint")).doesNotExist();
    }

    @Test
    void saysWhoseTheFilesAreUntilAllOthersAreForgotten() throws IOException {
        Checkpoint checkpoint = opened("run");
        for (int stage = 0; stage < 20; stage++) {
            checkpoint.finish("stage" + stage, LEFT);
        }
        Path position = output.resolve("checkpoint/position.json");
        Files.delete(position);
        Files.createDirectories(position.resolve("cannot be removed"));
        assertThatThrownBy(checkpoint::forget).isInstanceOf(IOException.class);

        try (Stream<Path> files = Files.list(output.resolve("checkpoint"))) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".finished.json"));
        }
    }

    @Test
    void refusesAnOutputThatIsAFile() throws IOException {
        Path file = Files.writeString(output.resolve("file"), "");

        assertThatThrownBy(() -> new Checkpoint(file, "run").open())
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("cannot be written: [java.nio.file.");
    }

    @Test
    void refusesAFolderInWhichAnotherRunIsAtWork() {
        try (Checkpoint first = new Checkpoint(output, "run")) {
            first.open();
            first.open();

            assertThatThrownBy(() -> opened("run"))
                    .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                            .isEqualTo(KemoException.Category.CONFIGURATION))
                    .hasMessageContaining("Another run trains in the folder [" + output.resolve("checkpoint") + "].");
        }
        assertThat(opened("run").position("audio")).isEmpty();
    }

    /** As a run leaves it that was killed. */
    private Checkpoint opened(String run) {
        try (Checkpoint checkpoint = new Checkpoint(output, run)) {
            checkpoint.open();
            return checkpoint;
        }
    }
}
