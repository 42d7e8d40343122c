package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configurations of CMU-MOSI, trained and scored on a table that is laid out as the real one and easy to learn. */
class MosiConfigurationsTest {
    private static final int VIDEOS = 8;
    private static final int UTTERANCES = 6;
    private static final int FEATURES = 6;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writesATable() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", "segment", "video", "label", "transcript", "t0", "t1", "a0", "v0", "v1", "v2"));
        for (int video = 0; video < VIDEOS; video++) {
            for (int utterance = 1; utterance <= UTTERANCES; utterance++) {
                int label = random.nextInt(2);
                List<String> fields = new ArrayList<>(List.of(
                        "v_" + video + "_" + utterance,
                        "v_" + video,
                        Integer.toString(label),
                        label == 0 ? "TERRIBLE FILM" : "LOVELY FILM"));
                for (int i = 0; i < FEATURES; i++) {
                    fields.add(Double.toString(label + 0.1 * random.nextGaussian()));
                }
                lines.add(String.join("\t", fields));
            }
        }
        Files.write(Files.createDirectories(folder.resolve("mosi")).resolve("mosi_train.tsv"), lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mosi | text audio video | video | modalities: {text: {prefix: t}, audio: {prefix: a}, video: {prefix: v}}",
                "mosi-context | text audio video | video | context: group, modalities: {text: {prefix: t}, audio: {prefix: a},"
                        + " video: {prefix: v}}",
                "mosi-words | text audio | audio | modalities: {audio: {prefix: a}}, textColumns: {text: transcript}"
            })
    void areRightOnVideosThatWereNotSeen(String name, String modalities, String alone, String columns)
            throws Exception {
        Kemo kemo = Kemo.in(folder).quick().with("KEMO_DATA", folder.toString());
        Path configuration = Project.root().resolve("config/" + name + ".yaml");
        List<String> training =
                new ArrayList<>(List.of("train", "--config", configuration.toString(), "--out", name, "--json"));
        for (String stage : (modalities + " fusion").split(" ")) {
            // The table is small: more steps, and those quick.
            training.add("train.stages." + stage + ".data.testGroups=[v_0, v_1]");
            training.add("train.stages." + stage + ".epochs=30");
            training.add("train.stages." + stage + ".batchSize=4");
            training.add("train.stages." + stage + ".learningRate=0.01");
        }

        Run trained = kemo.run(training.toArray(String[]::new));

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.json().path("problems")).isEmpty();
        String data =
                "{type: tabular, files: [mosi/mosi_train.tsv], idColumn: segment, groupColumn: video, groups: [v_0, v_1],"
                        + " labels: {0: negative, 1: positive}, " + columns + "}";
        Run fused = kemo.run("evaluate", "--model", name, "--data", data, "--json");
        assertThat(fused.exitCode()).as(fused.err()).isZero();
        assertThat(fused.json().path("n").asInt()).isEqualTo(2 * UTTERANCES);
        assertThat(fused.json().path("accuracy").asDouble()).isEqualTo(1);
        Run own = kemo.run("evaluate", "--model", name, "--data", data, "--json", "--modality", alone);
        assertThat(own.exitCode()).as(own.err()).isZero();
        assertThat(own.json().path("accuracy").asDouble()).isEqualTo(1);
    }
}
