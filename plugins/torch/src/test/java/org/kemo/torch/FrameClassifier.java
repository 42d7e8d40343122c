package org.kemo.torch;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Objective;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** A small recurrent classifier over frames, its cross entropy and data that it can learn: the trainer's tests train it. */
record FrameClassifier(int width, int hidden, int layers, int classes, double dropout) implements Network, Objective {
    private static final Dimension LENGTH = Dimension.named("T");

    @Override
    public List<Input> inputs() {
        return List.of(
                new Input(
                        "frames",
                        ElementType.FLOAT,
                        Shape.of(Dimension.BATCH, LENGTH).with(width)),
                new Input("mask", ElementType.FLOAT, Shape.of(Dimension.BATCH, LENGTH)));
    }

    @Override
    public List<Input> targets() {
        return List.of(
                new Input("target", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(classes)));
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        Ops<T> encoder = ops.scope("encoder");
        T mask = inputs.get("mask");
        T frames = inputs.get("frames");
        for (int layer = 0; layer < layers; layer++) {
            frames = encoder.bidirectionalLstm("layer" + layer, frames, mask, hidden);
            frames = encoder.dropout(frames, dropout);
        }
        T logits = ops.scope("classifier").linear("out", ops.maskedMean(frames, mask), classes);
        return Map.of("probabilities", ops.softmax(logits, -1));
    }

    @Override
    public <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets) {
        T likelihood = ops.sum(ops.multiply(outputs.get("probabilities"), targets.get("target")), -1);
        T count = ops.sum(ops.sum(targets.get("target"), -1), 0);
        return ops.divide(ops.subtract(ops.constant(0), ops.sum(ops.log(likelihood), 0)), count);
    }

    /** Inputs of mixed lengths whose class is a shift of their mean. */
    Map<String, FloatTensor> batch(int size, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatTensor frames = FloatTensor.zeros(size, length, width);
        FloatTensor mask = FloatTensor.zeros(size, length);
        FloatTensor target = FloatTensor.zeros(size, classes);
        for (int n = 0; n < size; n++) {
            int label = random.nextInt(classes);
            target.values()[n * classes + label] = 1;
            int own = length - random.nextInt(length / 2);
            for (int t = 0; t < own; t++) {
                mask.values()[n * length + t] = 1;
                for (int d = 0; d < width; d++) {
                    frames.values()[(n * length + t) * width + d] =
                            (float) (random.nextDouble() - 0.5 + (d % classes == label ? 0.3 : 0));
                }
            }
        }
        return Map.of("frames", frames, "mask", mask, "target", target);
    }
}
