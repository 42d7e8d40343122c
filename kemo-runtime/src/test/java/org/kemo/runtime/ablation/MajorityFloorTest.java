package org.kemo.runtime.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.Ops;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.evaluation.ScoredLabels;
import org.kemo.runtime.evaluation.ScoredLabels.Labels;
import org.kemo.runtime.model.ModelAssembly;

/** Two modalities send the label {@code surprised} to different classes. */
class MajorityFloorTest {
    private static final Modality TEXT = Modality.of("text");

    @Test
    void scoresOneModalityByItsOwnAlignmentAsAnEvaluationDoes() {
        Cell cell = cell(Optional.of(TEXT), Labels.ALIGNED);

        assertThat(cell.answers()).map(Cell.Answer::truth).containsExactly("good", "bad");
        assertThat(cell.answers()).map(Cell.Answer::predicted).containsOnly("good");
        assertThat(cell.problems()).isEmpty();
    }

    @Test
    void leavesOutOfTheFusedAnswerWhatHasTwoClasses() {
        Cell cell = cell(Optional.empty(), Labels.ALIGNED);

        assertThat(cell.answers()).map(Cell.Answer::truth).containsExactly("bad");
        assertThat(cell.answers()).map(Cell.Answer::predicted).containsOnly("bad");
        assertThat(cell.problems()).singleElement().asString().startsWith("[a] has no label among");
    }

    @Test
    void scoresOneModalityInItsOwnClasses() {
        Cell cell = cell(Optional.of(TEXT), Labels.NATIVE);

        assertThat(cell.answers()).map(Cell.Answer::truth).containsExactly("surprised", "bad");
        assertThat(cell.answers()).map(Cell.Answer::predicted).containsOnly("surprised");
    }

    private static Cell cell(Optional<Modality> modality, Labels labels) {
        ModelAssembly assembly = new ModelAssembly(
                new KemoConfiguration(
                        1,
                        new LabelsConfiguration(
                                List.of("good", "bad"),
                                Map.of("text", Map.of("surprised", "good"), "audio", Map.of("surprised", "bad"))),
                        Map.of("text", reading(), "audio", reading()),
                        Optional.of(new Component<>("first", 1, "{}", new First())),
                        Optional.empty()),
                new AudioReader());
        Dataset scored = new Dataset("said", List.of(said("a", "surprised"), said("b", "bad")), List.of(), List.of());
        return new MajorityFloor(assembly, new ScoredLabels(modality, labels))
                .cell(
                        "majority",
                        List.of("surprised", "surprised", "bad"),
                        new Trial(1, 0, scored),
                        "",
                        "test",
                        Map.of());
    }

    private static Utterance said(String id, String label) {
        return new Utterance(id, Map.of(TEXT, new Source.Text(id)), Optional.of(label), Optional.empty(), Split.NONE);
    }

    private static ModalityConfiguration reading() {
        return new ModalityConfiguration(
                List.of(),
                List.of(),
                1,
                1000,
                List.of(),
                List.of(new Component<>("mean", 1, "{}", new Mean())),
                ModalityConfiguration.Join.CONCAT,
                0,
                List.of("surprised", "bad"));
    }

    private static final class Mean implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }

    private static final class First implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.of(in.get(0).probabilities());
        }
    }
}
