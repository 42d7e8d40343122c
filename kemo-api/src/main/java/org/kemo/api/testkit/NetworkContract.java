package org.kemo.api.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;

/**
 * What has to hold of every network, on every {@linkplain org.kemo.api.network.NetworkBackend backend} on the test class path:
 * backends agree, an utterance depends neither on its batch mates nor on padding, derivatives are right, every parameter learns,
 * and the same input gives the same bits. The author of a network extends this class and says which network it is.
 *
 * <p>Inputs are random. An axis that has a name gets a length of its own for each utterance; an input [N, L] whose name ends
 * in {@code mask} is 1 on the real steps of the axis L.
 */
// JUnit cannot be required transitively: a plugin would need it to compile.
@SuppressWarnings("exports")
public abstract class NetworkContract {
    /** For authors of networks. */
    protected NetworkContract() {}

    /** The network, small: every parameter is moved several times. */
    protected abstract Network network();

    /** Where parameters and inputs are drawn from; another seed is another test. */
    protected long seed() {
        return 1;
    }

    /** The longest sequence that is drawn. */
    protected int maximumLength() {
        return 9;
    }

    /**
     * One utterance's value of an input: normal with deviation 1, or ids of 0 and 1.
     *
     * @param shape without the batch axis, of the utterance's own lengths
     * @param random the only source of randomness
     */
    protected Tensor value(Network.Input input, int[] shape, RandomGenerator random) {
        if (input.type() == ElementType.LONG) {
            LongTensor ids = LongTensor.zeros(shape);
            for (int i = 0; i < ids.count(); i++) {
                ids.values()[i] = random.nextInt(2);
            }
            return ids;
        }
        FloatTensor values = FloatTensor.zeros(shape);
        for (int i = 0; i < values.count(); i++) {
            values.values()[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Whatever the backend, the answer is the same to 1e-5. */
    @Test
    public final void backendsAgree() {
        checks().backendsAgree();
    }

    /** An utterance gets the same answer alone and among others. */
    @Test
    public final void anUtteranceDoesNotDependOnItsBatchMates() {
        checks().anUtteranceDoesNotDependOnItsBatchMates();
    }

    /** More padding, with anything in it, changes nothing. */
    @Test
    public final void paddingDoesNotReachTheAnswer() {
        checks().paddingDoesNotReachTheAnswer();
    }

    /** Derivatives are what differences say. */
    @Test
    public final void gradientsAgreeWithDifferences() {
        checks().gradientsAgreeWithDifferences();
    }

    /**
     * No parameter is carried along for nothing: the gradient of each is more than rounding. It may be small. Where it is below 1e-6
     * of the largest of the same pass, or of 1, it has to be about the same when all parameters are moved by up to 1e-4; the rest that
     * rounding leaves of what cancels out, as for a bias before a softmax, is another there.
     */
    @Test
    public final void everyParameterIsUsed() {
        checks().everyParameterIsUsed();
    }

    /** Nothing in the network is random. */
    @Test
    public final void theSameInputGivesTheSameBits() {
        checks().theSameInputGivesTheSameBits();
    }

    private NetworkChecks checks() {
        Network network = network();
        return new NetworkChecks("The network", network, random -> draw(network, random), seed());
    }

    private Map<String, Tensor> draw(Network network, RandomGenerator random) {
        Map<Dimension, Integer> lengths = new LinkedHashMap<>();
        Map<String, Tensor> utterance = new LinkedHashMap<>();
        for (Network.Input input : network.inputs()) {
            int[] shape = new int[input.shape().rank() - 1];
            for (int axis = 0; axis < shape.length; axis++) {
                Dimension dimension = input.shape().dimension(axis + 1);
                shape[axis] = dimension.isFixed()
                        ? dimension.size()
                        : lengths.computeIfAbsent(dimension, key -> 1 + random.nextInt(maximumLength()));
            }
            utterance.put(input.name(), Batches.isMask(input) ? ones(shape) : value(input, shape, random));
        }
        return utterance;
    }

    static FloatTensor ones(int... shape) {
        FloatTensor ones = FloatTensor.zeros(shape);
        java.util.Arrays.fill(ones.values(), 1);
        return ones;
    }
}
