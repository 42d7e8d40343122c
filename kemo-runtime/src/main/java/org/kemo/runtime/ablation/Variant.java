package org.kemo.runtime.ablation;

import java.util.Optional;
import org.kemo.runtime.configuration.ConfigurationDocument;

/**
 * One row of the table.
 *
 * @param name its name
 * @param kind whether somebody asked for it or it is a floor
 * @param document its configuration; for the majority that of the base, whose training labels it counts
 * @param dataset the name of the data set that it is scored on, where there are several
 */
record Variant(String name, Kind kind, ConfigurationDocument document, Optional<String> dataset) {
    /** The name of the floor that always answers with the most frequent class of the training data. */
    static final String MAJORITY = "majority";

    /** What a row is there for. */
    enum Kind {
        /** It was asked for. */
        ASKED,
        /** A single modality. */
        SINGLE,
        /** The most frequent class. */
        MAJORITY
    }

    /** The same on one of several data sets. */
    Variant on(String data) {
        return new Variant(name, kind, document, Optional.of(data));
    }

    /** What the table calls it. */
    String title() {
        return dataset.map(data -> data + ": " + name).orElse(name);
    }
}
