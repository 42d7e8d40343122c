package org.kemo.runtime.store;

import java.util.Map;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * A model with a short name.
 *
 * @param reference where it comes from
 * @param source who made it, and where that is written
 * @param terms under which it may be used
 * @param files the sums of the files that are fetched, by path; a file that is not listed is believed at its first fetch; none of a
 *     model of this machine, which is not fetched
 */
public record KnownModel(
        @Option("Where it comes from") String reference,
        @Option("Who made it") String source,
        @Option("Under which terms it may be used") String terms,
        @Option(value = "Sums of the files that are fetched", defaultValue = "{}") Map<String, FileSum> files) {
    /** Checks the reference, and that there are no sums of what is not fetched: nobody would compare them. */
    public KnownModel {
        if (meaning(reference) instanceof ModelReference.File && !files.isEmpty()) {
            throw KemoException.configuration(
                    "The model [" + reference + "] lies on this machine, and the sums of "
                            + new TreeSet<>(files.keySet())
                            + " would not be compared: files pins what is fetched.",
                    "Leave files out.");
        }
    }

    private static ModelReference meaning(String reference) {
        try {
            return ModelReference.parse(reference);
        } catch (KemoException e) {
            throw KemoException.configuration(e.problem(), ModelReference.WRITTEN + ".")
                    .causedBy(e);
        }
    }
}
