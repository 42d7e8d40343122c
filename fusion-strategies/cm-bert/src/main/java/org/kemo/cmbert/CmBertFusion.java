package org.kemo.cmbert;

import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.fusion.RelativeTime;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * The fusion of CM-BERT (Yang et al., 2020), with the words X_t [n, d] and sound X_a at the words:
 *
 * <pre>
 * X_t' = X_t K_t, X_a' = X_a K_a            convolutions of kernel 1, without bias, to one width
 * alpha = ReLU(X_t' X_t''), beta = ReLU(X_a' X_a''), each divided by the norm of X'
 * W_f = w_t alpha + w_a beta + b
 * W_m = softmax(W_f + mask)
 * X_att = W_m X_t
 * y = softmax(U [CLS](LayerNorm(D (X_t + X_att) + e)) + c)
 * </pre>
 *
 * Where this differs from the published code: that divides the words alone, by a norm over the whole batch, so that an answer depends
 * on batch mates; here each modality is divided by its norm in the utterance. b is the same at all places, which a softmax does
 * not see: it is left out. Nothing says when a word is spoken, so the frames of the other modalities are pooled to the words by
 * proportion of time.
 *
 * <p>Every other modality adds its beta in the same way; that of a missing one is 0. One that has a single step has the same at all
 * words, which the softmax does not see either, and over a single word the softmax is 1: in both cases the words answer as if they
 * were alone. Give it encoders that keep their steps, such as {@code output: tokens} of a transformer, and not pooled vectors.
 *
 * <p>Where the words are missing, the answer is the mean of what the others answer by themselves. The diagnostic {@code attention} is
 * how much of the attention of the first word, or of all in the mean, falls on each of four places from the first word to the last.
 */
final class CmBertFusion implements FusionStrategy {
    private static final int SHOWN_PLACES = 4;

    /** BERT's. */
    private static final double LAYER_NORM_EPSILON = 1e-12;

    /** Lost beside any norm that counts. */
    private static final double SMALLEST = 1e-12;

    private final CmBertOptions options;

    CmBertFusion(CmBertOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        ModalityView<T> text = in.get(options.text());
        T mask = text.sequence().mask();
        T words = ops.multiply(text.sequence().values(), ops.expand(mask, -1));
        RelativeTime<T> time = new RelativeTime<>(ops, mask);
        T scores = comparison(ops, text, words);
        for (ModalityView<T> other : in.all()) {
            if (!other.modality().equals(text.modality())) {
                T overlap =
                        time.overlap(new RelativeTime<>(ops, other.sequence().mask()));
                T frames = ops.multiply(
                        other.sequence().values(), ops.expand(other.sequence().mask(), -1));
                scores = ops.add(scores, comparison(ops, other, ops.matmul(overlap, frames)));
            }
        }
        T attention = ops.maskedSoftmax(scores, ops.expand(mask, 1));
        T attended = ops.matmul(ops.dropout(attention, options.dropout()), words);
        T dense = ops.linear("dense", ops.add(words, attended), ops.shape(words).size(-1));
        T states = ops.layerNorm("norm", ops.dropout(dense, options.dropout()), LAYER_NORM_EPSILON);
        T joined = ops.softmax(
                ops.linear("out", summary(ops, states, mask), in.labels().size()), -1);
        T others = Fused.mixture(ops, in, in.evenWeights(ops)).probabilities();
        T without = ops.subtract(ops.constant(1), text.presence());
        return Fused.of(ops.add(ops.multiply(text.presence(), joined), ops.multiply(without, others)))
                .with("attention", summary(ops, ops.matmul(attention, time.places(SHOWN_PLACES)), mask));
    }

    /** w ReLU(X' X'') / |X'|, [N, n, n]: how alike the steps of a modality are to each other, and how much that counts. */
    private <T> T comparison(Ops<T> root, ModalityView<T> modality, T steps) {
        Ops<T> ops = root.scope(modality.modality().name());
        Shape shape = Shape.of(ops.shape(steps).size(-1), options.width());
        T projected = ops.matmul(steps, ops.parameter("projection/weight", shape, Initializer.glorot()));
        T products = ops.matmul(projected, ops.transpose(projected, 1, 2));
        T squares = ops.sum(ops.sum(ops.multiply(projected, projected), -1), -1);
        T norm = ops.sqrt(ops.maximum(squares, ops.constant(SMALLEST)));
        T likeness = ops.divide(ops.relu(products), ops.expand(ops.expand(norm, -1), -1));
        return ops.multiply(likeness, ops.parameter("share", Shape.of(1), Initializer.constant(1)));
    }

    private <T> T summary(Ops<T> ops, T steps, T mask) {
        return switch (options.summary()) {
            // The running sum of the mask is 1 at the first word and 2 and more after it.
            case FIRST -> {
                T first = ops.multiply(mask, ops.relu(ops.subtract(ops.constant(2), ops.cumulativeSum(mask, -1))));
                yield ops.sum(ops.multiply(steps, ops.expand(first, -1)), 1);
            }
            case MEAN -> ops.maskedMean(steps, mask);
        };
    }

    @Override
    public void check(FusionInputs inputs) {
        List<Modality> modalities = inputs.modalities();
        if (!modalities.contains(Modality.of(options.text()))) {
            throw KemoException.configuration(
                    "The modality [" + options.text() + "] that holds the words is none of " + modalities + ".",
                    "Name one of them under fusion.text.");
        }
        if (modalities.size() < 2) {
            throw KemoException.configuration(
                    "Nothing is there to add to the attention of " + modalities + ".",
                    "Add a modality, or choose a fusion that takes one.");
        }
    }
}
