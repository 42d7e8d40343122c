package org.kemo.api.fusion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;

/**
 * What a configuration will give to a strategy, as far as that is known before anything is read.
 *
 * @param labels the classes of the model
 * @param cues the names of the cues of each modality, in the order of the configuration; at least one modality
 */
public record FusionInputs(LabelSpace labels, Map<Modality, List<String>> cues) {
    /** Copies the map, in its order. */
    public FusionInputs {
        Map<Modality, List<String>> copy = new LinkedHashMap<>();
        cues.forEach((modality, names) -> copy.put(modality, List.copyOf(names)));
        cues = Collections.unmodifiableMap(copy);
    }

    /** Modalities without cues. */
    public static FusionInputs of(LabelSpace labels, List<Modality> modalities) {
        Map<Modality, List<String>> cues = new LinkedHashMap<>();
        modalities.forEach(modality -> cues.put(modality, List.of()));
        return new FusionInputs(labels, cues);
    }

    /** The modalities, in the order of the configuration. */
    public List<Modality> modalities() {
        return List.copyOf(cues.keySet());
    }
}
