package org.kemo.runtime.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;

/**
 * How a model stands on this machine.
 *
 * @param name short; empty where it has none
 * @param reference where it comes from
 * @param known what is known of it beforehand; empty where nothing is
 * @param path the folder or file that the reference names; empty where it is not there or its record cannot be read
 * @param stored what lies in the store; empty where it was not fetched or its record cannot be read, and of a model of this machine
 * @param problems with what lies there, category PLUGIN; none where nothing does
 */
public record ModelState(
        Optional<String> name,
        String reference,
        Optional<KnownModel> known,
        Optional<Path> path,
        Optional<StoredModel> stored,
        List<KemoException> problems) {
    /** In a word. */
    public enum Word {
        /** Not fetched, or of this machine and not there. */
        ABSENT,
        /** Fetched, or of this machine. */
        PRESENT,
        /** Fetched, and no longer what it was. */
        DAMAGED
    }

    /** In a word. */
    public Word word() {
        return !problems.isEmpty() ? Word.DAMAGED : path.isPresent() ? Word.PRESENT : Word.ABSENT;
    }
}
