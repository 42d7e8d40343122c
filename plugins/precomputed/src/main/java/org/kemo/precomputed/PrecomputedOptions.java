package org.kemo.precomputed;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.api.data.DatasetReader;

/**
 * Whose features lie where.
 *
 * @param data the data set that says ids, labels and speakers
 * @param folders for each modality the folder of its files
 */
record PrecomputedOptions(
        @Option("The data set that the features belong to, for example {type: ravdess, ...}") DatasetReader data,
        @Option(
                        "For each modality the folder of its files, ID.npy, ID.csv or ID.tsv for the utterance of that id; where the data set"
                                + " has the modality already, the features take its place")
                Map<String, Path> folders) {
    /** Checks that there is a modality. */
    PrecomputedOptions {
        folders = Collections.unmodifiableMap(new LinkedHashMap<>(folders));
        folders.keySet().forEach(Modality::of);
        if (folders.isEmpty()) {
            throw KemoException.configuration(
                    "The option folders is {} and adds nothing.", "Name the folder of a modality's files.");
        }
    }
}
