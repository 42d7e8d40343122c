package org.kemo.api.fusion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.Modality;
import org.kemo.api.encoder.Sequence;

/**
 * What a strategy sees of one modality. Where it is missing from an utterance, the mask and the pooled vector are 0, the
 * probabilities are uniform and the cues are 0.
 *
 * @param modality which it is
 * @param sequence [N, T, d] with its mask [N, T]
 * @param pooled [N, d]
 * @param logits [N, C], the logarithms of the probabilities, each at least that of 1e-7, so that all are numbers
 * @param probabilities [N, C], of the modality's own classifier, aligned to the labels of the model: 0 for every utterance that has
 *     the modality, where none of its classes goes to a label. Take their logarithms from the logits
 * @param presence [N, 1], 1 where the utterance has this modality, else 0
 * @param cues numbers for the whole utterance, [N, 1] each, as they are, by name, in the order of the configuration. A modality has those
 *     alone that it gives: sound those that its features declare, as prosody does {@code loudness} in dB, {@code f0-range} in semitones
 *     and {@code voiced}, a share from 0 to 1 ({@code kemo describe feature prosody}), and text {@code tokens}, the number of its steps
 *     or words. {@link FusionStrategy#check} refuses a configuration without those that a strategy reads
 */
public record ModalityView<T>(
        Modality modality, Sequence<T> sequence, T pooled, T logits, T probabilities, T presence, Map<String, T> cues) {
    /** Copies the map, in its order. */
    public ModalityView {
        cues = Collections.unmodifiableMap(new LinkedHashMap<>(cues));
    }
}
