package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.onnx.OnnxBackend;

class StageObjectiveTest {
    private static final ModalityNetwork AUDIO = TestStages.audio(0);
    private static final FloatTensor LOGITS = FloatTensor.of(new float[] {2, 1, 0, 0}, 2, 2);
    private static final FloatTensor PROBABILITIES = FloatTensor.of(new float[] {0.8f, 0.2f, 0, 1}, 2, 2);
    private static final FloatTensor HALVES = FloatTensor.of(new float[] {0.5f, 0, 0, 0.5f}, 2, 2);

    @Test
    void isTheCrossEntropyOfAModalitysOwnLogits() {
        // -log softmax(2, 1)_0 = log(1 + e^-1), -log softmax(0, 0)_1 = log 2, half of each.
        double expected = (Math.log(1 + Math.exp(-1)) + Math.log(2)) / 2;

        assertThat(loss(new StageObjective(List.of(AUDIO), 0), HALVES, HALVES)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void addsThatOfTheFusedProbabilitiesWhereTheStrategyIsTrained() {
        double own = (Math.log(1 + Math.exp(-1)) + Math.log(2)) / 2;
        double fused = (-Math.log(0.8) - Math.log(1)) / 2;

        assertThat(loss(new StageObjective(List.of(AUDIO), 2), HALVES, HALVES)).isCloseTo(own + fused, within(1e-6));
        assertThat(loss(new StageObjective(List.of(), 2), HALVES, HALVES)).isCloseTo(fused, within(1e-6));
    }

    @Test
    void addsTheLossOfTheStrategyWhereTheStrategyIsTrained() {
        double fused = (-Math.log(0.8) - Math.log(1)) / 2;
        Map<String, FloatTensor> own = Map.of("loss", FloatTensor.scalar(0.25f));

        assertThat(loss(new StageObjective(List.of(), 2), HALVES, HALVES, own)).isCloseTo(fused + 0.25, within(1e-6));
    }

    @Test
    void staysFiniteWhereTheRightClassHasNoProbabilityAtAll() {
        FloatTensor wrong = FloatTensor.of(new float[] {0, 0, 1, 0}, 2, 2);

        assertThat(loss(new StageObjective(List.of(), 2), HALVES, wrong)).isCloseTo(-Math.log(1e-7), within(1e-4));
    }

    @Test
    void countsNoRowThatHasNoTarget() {
        FloatTensor none = FloatTensor.of(new float[] {0, 0, 0, 1}, 2, 2);

        assertThat(loss(new StageObjective(List.of(AUDIO), 0), none, none)).isCloseTo(Math.log(2), within(1e-6));
        assertThat(loss(new StageObjective(List.of(AUDIO), 2), FloatTensor.zeros(2, 2), FloatTensor.zeros(2, 2)))
                .isZero();
    }

    /** The value that the ONNX backend has for the objective as the one output of a network. */
    private static double loss(StageObjective objective, FloatTensor own, FloatTensor fused) {
        return loss(objective, own, fused, Map.of());
    }

    private static double loss(
            StageObjective objective, FloatTensor own, FloatTensor fused, Map<String, FloatTensor> more) {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(AUDIO.logits(), LOGITS);
        inputs.put("probabilities", PROBABILITIES);
        inputs.put(StageObjective.target(AUDIO), own);
        inputs.put(StageObjective.TARGET, fused);
        Network network = new Network() {
            @Override
            public List<Input> inputs() {
                return inputs.keySet().stream()
                        .map(name -> new Input(
                                name,
                                ElementType.FLOAT,
                                Shape.of(Dimension.BATCH).with(2)))
                        .toList();
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> values) {
                Map<String, T> outputs = new LinkedHashMap<>(values);
                more.forEach((name, value) -> outputs.put(name, ops.constant(value)));
                return Map.of("objective", objective.loss(ops, outputs, values));
            }
        };
        return new OnnxBackend().run(network, Map.of(), inputs).get("objective").values()[0];
    }
}
