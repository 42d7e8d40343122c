package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.training.Optimizer;

/** Compares with torch's own optimizers, on the loss sum of (p - 1)^4 / 4, whose gradient is (p - 1)^3. */
final class AdamStateTest {
    private static final double RATE = 0.03;
    private final Libtorch libtorch = new Libtorch(1);

    @Test
    void doesWhatTorchsAdamDoes() {
        libtorch.call(() -> {
            Tensor theirs = begin().requires_grad_(true);
            AdamOptions options = new AdamOptions(RATE);
            options.weight_decay().put(0.1);
            options.eps().put(1e-6);
            Adam adam = new Adam(new TensorVector(theirs), options);
            for (int step = 0; step < 50; step++) {
                adam.zero_grad();
                theirs.sub(new Scalar(1))
                        .pow(new Scalar(4))
                        .sum()
                        .div(new Scalar(4))
                        .backward();
                adam.step();
            }
            assertSame(ours(new Optimizer(Optimizer.Type.ADAM, 0.9, 0.999, 1e-6, 0.1, 0)), theirs);
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 1e6})
    void doesWhatTorchsAdamWDoesWithEachClipping(double clipNorm) {
        libtorch.call(() -> {
            Tensor theirs = begin().requires_grad_(true);
            AdamWOptions options = new AdamWOptions(RATE);
            options.weight_decay().put(0.1);
            options.eps().put(1e-6);
            AdamW adam = new AdamW(new TensorVector(theirs), options);
            for (int step = 0; step < 50; step++) {
                adam.zero_grad();
                theirs.sub(new Scalar(1))
                        .pow(new Scalar(4))
                        .sum()
                        .div(new Scalar(4))
                        .backward();
                if (clipNorm > 0) {
                    torch.clip_grad_norm_(new TensorVector(theirs), clipNorm);
                }
                adam.step();
            }
            assertSame(ours(new Optimizer(Optimizer.Type.ADAMW, 0.9, 0.999, 1e-6, 0.1, clipNorm)), theirs);
            return true;
        });
    }

    @Test
    void leavesWhatDoesNotDecayAlone() {
        libtorch.call(() -> {
            Tensor block = begin();
            Tensor decayed = torch.zeros_like(block);
            decayed.narrow(0, 0, 2).fill_(new Scalar(1));
            AdamState state = new AdamState(
                    new Optimizer(Optimizer.Type.ADAMW, 0.9, 0.999, 1e-6, 0.5, 0), decayed, torch.ones_like(block));
            state.step(block, torch.zeros_like(block), 0, 0.1);
            // Without a gradient only decay moves: p - 0.1 0.5 p.
            assertThat(HostTensors.toHost(block).values())
                    .containsExactly(new float[] {0.475f, -0.95f, 3, 0}, within(1e-6f));
            return true;
        });
    }

    private static Tensor begin() {
        return torch.tensor(0.5f, -1, 3, 0);
    }

    private static Tensor ours(Optimizer rule) {
        Tensor block = begin();
        AdamState state = new AdamState(rule, torch.ones_like(block), torch.ones_like(block));
        for (int step = 0; step < 50; step++) {
            Tensor gradient = block.sub(new Scalar(1)).pow(new Scalar(3));
            state.step(block, gradient, gradient.norm().item_double(), RATE);
        }
        return block;
    }

    private static void assertSame(Tensor ours, Tensor theirs) {
        FloatTensor expected = HostTensors.toHost(theirs);
        assertThat(HostTensors.toHost(ours).values()).containsExactly(expected.values(), within(2e-6f));
    }
}
