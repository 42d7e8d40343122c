package org.kemo.runtime.ablation;

import org.kemo.runtime.configuration.ConfigurationDocument;

/**
 * One row of the table.
 *
 * @param name its name
 * @param kind whether somebody asked for it or it is a floor
 * @param document its configuration; for the majority that of the base, whose training labels it counts
 */
record Variant(String name, Kind kind, ConfigurationDocument document) {
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
}
