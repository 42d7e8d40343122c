package org.kemo.crossmodalalignment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.fusion.RelativeTime;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * With the words H_t [n, d_t] and the frames H_a [m, d_a]:
 *
 * <pre>
 * sim(u, v) = u' W v
 * E_ij = exp(sim(H_t^i, H_a^j)) / sum over k of exp(sim(H_t^i, H_a^k))   (11, a softmax over the real frames)
 * E^ = E . M                                                            (12, element by element)
 * S_i = phi(H_t^i) . psi(sum over j of E^_ij H_a^j)                     (10, element by element)
 * y = softmax(U mean over i of S_i + c)
 * </pre>
 *
 * phi and psi are linear. W is [d_t, d_a], so that the two need not be as wide. The prior M says how readily a word meets a frame by
 * where both stand in their utterance, since words and frames are as many as there are: a matrix over places of relative time,
 * between which it goes in a straight line. A learned one is e to the power of its parameters, which begin at 0. Nothing scales E^ back
 * to sum 1: a prior may also say how much the frames are to be believed.
 *
 * <p>Every other modality is aligned to the words in the same way, and their S stand side by side; that of a missing one is 0. Where
 * the words are missing, or all others, the answer is the mean of what is there. The diagnostic {@code attention.MODALITY} is how
 * much of E^ falls on each of four places from the beginning of that modality to its end, as a mean over the words.
 */
final class CrossModalAlignment implements FusionStrategy {
    private static final int SHOWN_PLACES = 4;
    private static final String PRIOR = "prior";

    private final CrossModalAlignmentOptions options;

    CrossModalAlignment(CrossModalAlignmentOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        ModalityView<T> words = in.get(options.query());
        T wordMask = words.sequence().mask();
        T wordSteps = masked(ops, words);
        T phi = ops.linear("words", wordSteps, options.width());
        List<T> joint = new ArrayList<>();
        List<T> presences = new ArrayList<>();
        Map<String, T> attention = new LinkedHashMap<>();
        for (ModalityView<T> other : in.all()) {
            if (!other.modality().equals(words.modality())) {
                Ops<T> own = ops.scope(other.modality().name());
                T frames = masked(ops, other);
                RelativeTime<T> time = new RelativeTime<>(ops, other.sequence().mask());
                T energy = ops.multiply(
                        similarity(own, wordSteps, frames, other), prior(ops, own, wordMask, time)); // (12)
                T psi = own.linear("frames", ops.matmul(energy, frames), options.width());
                joint.add(ops.multiply(ops.multiply(phi, psi), ops.expand(other.presence(), -1))); // (10)
                presences.add(other.presence());
                attention.put(
                        "attention." + other.modality(),
                        ops.maskedMean(ops.matmul(energy, time.places(SHOWN_PLACES)), wordMask));
            }
        }
        T pooled = ops.dropout(ops.maskedMean(ops.concat(-1, joint), wordMask), options.dropout());
        T joined = ops.softmax(ops.linear("out", pooled, in.labels().size()), -1);
        T anyOther = ops.expand(ops.max(ops.concat(1, presences), -1), -1);
        Fused<T> fused = Fused.of(whereBoth(ops, in, ops.multiply(words.presence(), anyOther), joined));
        for (Map.Entry<String, T> shown : attention.entrySet()) {
            fused = fused.with(shown.getKey(), shown.getValue());
        }
        return fused;
    }

    /** E [N, n, m] (11). */
    private static <T> T similarity(Ops<T> own, T words, T frames, ModalityView<T> other) {
        Shape shape = Shape.of(own.shape(words).size(-1), own.shape(frames).size(-1));
        T weight = own.parameter("similarity/weight", shape, Initializer.glorot());
        T similarity = own.matmul(own.matmul(words, weight), own.transpose(frames, 1, 2));
        return own.maskedSoftmax(similarity, own.expand(other.sequence().mask(), 1));
    }

    /** M [N, n, m] at the steps of words and frames, or 1. */
    private <T> T prior(Ops<T> ops, Ops<T> own, T wordMask, RelativeTime<T> frames) {
        Shape shape = Shape.of(options.priorTokens(), options.priorFrames());
        return switch (options.prior()) {
            case NONE -> ops.constant(1);
            case LEARNED ->
                ops.exp(atSteps(ops, own.parameter(PRIOR, shape, Initializer.constant(0)), wordMask, frames));
            case FILE -> atSteps(ops, ops.parameter(PRIOR, shape, Initializer.constant(1)), wordMask, frames);
        };
    }

    private <T> T atSteps(Ops<T> ops, T matrix, T wordMask, RelativeTime<T> frames) {
        T rows = new RelativeTime<>(ops, wordMask).places(options.priorTokens());
        T columns = frames.places(options.priorFrames());
        return ops.matmul(ops.matmul(rows, matrix), ops.transpose(columns, 1, 2));
    }

    private static <T> T whereBoth(Ops<T> ops, Modalities<T> in, T both, T joined) {
        T mean = Fused.mixture(ops, in, in.evenWeights(ops)).probabilities();
        T alone = ops.subtract(ops.constant(1), both);
        return ops.add(ops.multiply(both, joined), ops.multiply(alone, mean));
    }

    private static <T> T masked(Ops<T> ops, ModalityView<T> modality) {
        return ops.multiply(
                modality.sequence().values(), ops.expand(modality.sequence().mask(), -1));
    }

    @Override
    public Map<String, FloatTensor> fit(FusionTrainingData data) {
        return options.priorFile()
                .map(file -> Map.of(PRIOR, PriorMatrix.read(file, options.priorTokens(), options.priorFrames())))
                .orElse(Map.of());
    }

    @Override
    public void check(FusionInputs inputs) {
        List<Modality> modalities = inputs.modalities();
        if (!modalities.contains(Modality.of(options.query()))) {
            throw KemoException.configuration(
                    "The modality [" + options.query() + "] that attends is none of " + modalities + ".",
                    "Name one of them under fusion.query.");
        }
        if (modalities.size() < 2) {
            throw KemoException.configuration(
                    "There is nothing to align " + modalities + " to.",
                    "Add a modality, or choose a fusion that takes one.");
        }
    }
}
