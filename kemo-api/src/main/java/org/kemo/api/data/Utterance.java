package org.kemo.api.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.Modality;

/**
 * One thing that somebody said, with what is known of it.
 *
 * @param id unique in its data set
 * @param sources what each modality offers; a modality that is not there is missing
 * @param label in the data set's own words
 * @param speaker who spoke, where known
 * @param split the part of the data set
 */
public record Utterance(
        String id, Map<Modality, Source> sources, Optional<String> label, Optional<String> speaker, Split split) {
    /** Copies the sources, in their order. */
    public Utterance {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    /** What one modality offers. */
    public Optional<Source> source(Modality modality) {
        return Optional.ofNullable(sources.get(modality));
    }
}
