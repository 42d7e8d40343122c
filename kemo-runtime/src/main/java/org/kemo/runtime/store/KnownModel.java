package org.kemo.runtime.store;

import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * A model with a short name.
 *
 * @param reference where it comes from
 * @param source who made it, and where that is written
 * @param terms under which it may be used
 * @param files the sums of the files that are fetched, by path; a file that is not listed is believed at its first fetch
 */
public record KnownModel(
        @Option("Where it comes from") String reference,
        @Option("Who made it") String source,
        @Option("Under which terms it may be used") String terms,
        @Option(value = "Sums of the files that are fetched", defaultValue = "{}") Map<String, FileSum> files) {
    /** Checks the reference. */
    public KnownModel {
        try {
            ModelReference.parse(reference);
        } catch (KemoException e) {
            throw KemoException.configuration(e.problem(), ModelReference.WRITTEN + ".")
                    .causedBy(e);
        }
    }
}
