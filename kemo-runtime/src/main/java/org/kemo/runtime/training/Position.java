package org.kemo.runtime.training;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Where a stage in training stands. Immutable.
 *
 * @param epoch the number of epochs done
 * @param step the number of steps done in the epoch after those
 * @param loss the sum of the losses of these steps
 * @param best the best validation accuracy after an epoch; -1 for none
 * @param bestEpoch the epoch that had it, from 1; 0 for none
 * @param averaged the number of epochs in the running average
 * @param losses mean loss of each epoch done
 */
record Position(int epoch, int step, double loss, double best, int bestEpoch, int averaged, List<Double> losses) {
    static final Position BEGIN = new Position(0, 0, 0, -1, 0, 0, List.of());

    /** One step further. */
    Position afterStep(double lossOfStep) {
        return new Position(epoch, step + 1, loss + lossOfStep, best, bestEpoch, averaged, losses);
    }

    /**
     * At the end of the epoch of these steps.
     *
     * @param accuracy on the validation data; NaN for none
     */
    Position afterEpoch(double accuracy) {
        boolean better = accuracy > best;
        List<Double> all = Stream.concat(
                        losses.stream(), DoubleStream.of(loss / step).boxed())
                .toList();
        return new Position(epoch + 1, 0, 0, better ? accuracy : best, better ? epoch + 1 : bestEpoch, averaged, all);
    }

    /** With that many epochs in the running average. */
    Position withAveraged(int epochs) {
        return new Position(epoch, step, loss, best, bestEpoch, epochs, losses);
    }

    /** Whether the last epoch was the best so far. */
    boolean isBest() {
        return epoch > 0 && bestEpoch == epoch;
    }

    double lastLoss() {
        return losses.get(losses.size() - 1);
    }
}
