package org.kemo.contextselection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/** The cues in the order in which they are asked, their thresholds, and what is done where none is above its own. */
record ContextSelectionOptions(
        @Option(
                        value =
                                "Cues in the order in which they are asked; one above its threshold chooses the modality that it"
                                        + " comes from. prosody gives loudness, f0-range and voiced, a text gives tokens",
                        defaultValue = "[loudness, f0-range, tokens]")
                List<String> cues,
        @Option(
                        value =
                                "The thresholds stand at this quantile of each cue over the training data; 0.5 is the median",
                        defaultValue = "0.5",
                        min = 0,
                        max = 1)
                double quantile,
        @Option(
                        value =
                                "Thresholds that are not taken from the data, by cue, for example {loudness: -20, tokens: 12}, in"
                                        + " the unit of the cue",
                        defaultValue = "{}")
                Map<String, Double> thresholds,
        @Option(
                        value =
                                "Where no cue is above its threshold: mean, of what the modalities answer; confident, the modality"
                                        + " whose most likely class is the likeliest",
                        defaultValue = "mean")
                Otherwise otherwise) {
    /** What is done where no cue decides. */
    enum Otherwise {
        /** All that are there count the same. */
        MEAN,
        /** The surest of those that are there is chosen, the first of several. */
        CONFIDENT
    }

    ContextSelectionOptions {
        cues = List.copyOf(cues);
        thresholds = Map.copyOf(thresholds);
        if (Set.copyOf(cues).size() != cues.size()) {
            throw KemoException.configuration("The cues " + cues + " hold one twice.", "Name each cue once.");
        }
        for (String cue : thresholds.keySet()) {
            if (!cues.contains(cue)) {
                throw KemoException.configuration(
                        "The threshold of [" + cue + "] belongs to none of the cues " + cues + ".",
                        "Correct the name under fusion.thresholds, or add the cue.");
            }
        }
    }
}
