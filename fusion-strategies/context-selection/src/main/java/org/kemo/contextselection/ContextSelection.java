package org.kemo.contextselection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * y = y_m of the modality m that gives the first cue above its threshold: the speech model where somebody speaks loudly or with a
 * wide range of pitch, the text model where the sentence is long (section IV.F.4). The paper gives neither the thresholds nor what
 * holds where several cues are above theirs, or none: here a threshold is a quantile of the cue over the training utterances that
 * have it, cues are asked in the order of the options, and modalities in theirs where several give a cue of that name.
 *
 * <p>Any number of modalities; a missing one is not chosen. No step of training changes anything here: the modalities learn from
 * their own labels, and through those answers that were chosen. The diagnostic {@code rule} is 1 for the rule that decided, in the order
 * in which they are asked, the last for the case that none did.
 */
final class ContextSelection implements FusionStrategy {
    private final ContextSelectionOptions options;

    ContextSelection(ContextSelectionOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        List<T> chosen = new ArrayList<>();
        in.all().forEach(modality -> chosen.add(ops.multiply(modality.presence(), ops.constant(0))));
        T undecided = ops.add(chosen.get(0), ops.constant(1));
        List<T> rules = new ArrayList<>();
        for (String cue : options.cues()) {
            for (int m = 0; m < in.size(); m++) {
                ModalityView<T> modality = in.get(m);
                if (modality.cues().containsKey(cue)) {
                    T above = ops.isPositive(
                            ops.subtract(modality.cues().get(cue), threshold(ops, modality.modality(), cue)));
                    T decides = ops.multiply(ops.multiply(above, modality.presence()), undecided);
                    chosen.set(m, ops.add(chosen.get(m), decides));
                    undecided = ops.subtract(undecided, decides);
                    rules.add(decides);
                }
            }
        }
        rules.add(undecided);
        T weights = ops.add(ops.concat(1, chosen), ops.multiply(undecided, otherwise(ops, in)));
        return Fused.mixture(ops, in, weights).with("rule", ops.concat(1, rules));
    }

    private <T> T threshold(Ops<T> ops, Modality modality, String cue) {
        Double given = options.thresholds().get(cue);
        // Never reached where no training utterance had the cue.
        return given != null
                ? ops.constant(given)
                : ops.parameter(name(modality, cue), Shape.of(1), Initializer.constant(Float.MAX_VALUE));
    }

    private <T> T otherwise(Ops<T> ops, Modalities<T> in) {
        if (options.otherwise() == ContextSelectionOptions.Otherwise.MEAN) {
            return in.evenWeights(ops);
        }
        List<T> confidences = new ArrayList<>();
        for (ModalityView<T> modality : in.all()) {
            T largest = ops.expand(ops.max(modality.probabilities(), -1), -1);
            confidences.add(ops.multiply(largest, modality.presence()));
        }
        return ops.multiply(ops.firstLargest(ops.concat(1, confidences)), in.presence(ops));
    }

    @Override
    public Map<String, FloatTensor> fit(FusionTrainingData data) {
        TreeSet<Modality> modalities = new TreeSet<>();
        data.utterances()
                .forEach(utterance -> modalities.addAll(utterance.cues().keySet()));
        Map<String, FloatTensor> thresholds = new LinkedHashMap<>();
        for (String cue : options.cues()) {
            for (Modality modality : modalities) {
                double[] values = data.cue(modality, cue);
                if (values.length > 0 && !options.thresholds().containsKey(cue)) {
                    float threshold = (float) quantile(values, options.quantile());
                    thresholds.put(name(modality, cue), FloatTensor.of(new float[] {threshold}, 1));
                }
            }
        }
        return thresholds;
    }

    private static String name(Modality modality, String cue) {
        return "threshold/" + modality + "/" + cue;
    }

    /** On the straight line between the two values around it, as numpy.quantile does. */
    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public void check(FusionInputs inputs) {
        for (String cue : options.cues()) {
            if (inputs.cues().values().stream().noneMatch(names -> names.contains(cue))) {
                throw KemoException.configuration(
                        "No modality gives the cue [" + cue + "]: they give " + inputs.cues() + ".",
                        "Name cues that are there under fusion.cues, none for the rule otherwise alone, or add what gives it,"
                                + " such as the feature prosody.");
            }
        }
    }
}
