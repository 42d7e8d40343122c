package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.training.Optimizer;
import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingRequest;

final class MatrixPrecisionTest {
    private static final FrameClassifier NETWORK = new FrameClassifier(6, 8, 2, 3, 0.2);

    @Test
    void roundsFactorsToEightBits() {
        Libtorch libtorch = new Libtorch(1);
        // 1 + 2^-7 is a bfloat16, 1 + 2^-9 is not: the nearest is 1.
        assertThat(libtorch.<Float>callWithoutGradients(() -> product(1 + 1 / 128f, 1 + 1 / 512f)))
                .isEqualTo(1 + 1 / 128f);
    }

    @Test
    void roundsTheFactorsOfDerivativesToEightBitsToo() {
        new Libtorch(1).call(() -> {
            Tensor x = torch.tensor(new float[] {2}).reshape(1, 1).requires_grad_(true);
            Tensor product = MatrixPrecision.BFLOAT16.product(
                    x, torch.tensor(new float[] {3}).reshape(1, 1));
            // In float32 the derivative is 3 (1 + 2^-9).
            product.mul(new Scalar(1 + 1 / 512.0)).sum().backward();
            assertThat(HostTensors.toHost(x.grad()).values()).containsExactly(3);
            return true;
        });
    }

    @Test
    void learnsAsWellAndGivesTheSameBitsForTheSameSeed() {
        Run once = run(MatrixPrecision.BFLOAT16);
        assertThat(once.parameters()).isEqualTo(run(MatrixPrecision.BFLOAT16).parameters());
        Run exact = run(MatrixPrecision.FLOAT32);
        assertThat(once.losses()).isNotEqualTo(exact.losses());
        assertThat(once.losses().get(0)).isCloseTo(exact.losses().get(0), within(0.02));
        assertThat(once.losses().get(59)).isLessThan(0.2);
    }

    private static float product(float a, float b) {
        return MatrixPrecision.BFLOAT16
                .product(
                        torch.tensor(new float[] {a}).reshape(1, 1),
                        torch.tensor(new float[] {b}).reshape(1, 1))
                .item_float();
    }

    private record Run(List<Double> losses, Map<String, FloatTensor> parameters) {}

    private static Run run(MatrixPrecision precision) {
        Optimizer optimizer = new Optimizer(Optimizer.Type.ADAMW, 0.9, 0.999, 1e-8, 0.01, 1);
        TrainingRequest request = new TrainingRequest(NETWORK, NETWORK, optimizer, Map.of(), Set.of(), 1);
        try (Trainer trainer = new TorchEngine(new Libtorch(1), "cpu", precision).open(request)) {
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                Map<String, FloatTensor> batch = NETWORK.batch(16, 12, step);
                losses.add(trainer.step(batch, batch, 0.02));
            }
            return new Run(losses, trainer.parameters());
        }
    }
}
