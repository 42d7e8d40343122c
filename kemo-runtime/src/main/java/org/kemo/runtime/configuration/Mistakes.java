package org.kemo.runtime.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;

/** Gathers the mistakes of one reading, so that all are reported at once. Belongs to one thread. */
final class Mistakes {
    private final List<ConfigurationMistake> mistakes = new ArrayList<>();
    private Optional<KemoException> failure = Optional.empty();

    void add(Place place, String path, String message, String suggestion) {
        mistakes.add(new ConfigurationMistake(place, path, message, suggestion, false));
    }

    void add(Place place, String path, String message) {
        add(place, path, message, "");
    }

    /** Adds that something which is named is not there. */
    void addAbsence(Place place, String path, String message, String suggestion) {
        mistakes.add(new ConfigurationMistake(place, path, message, suggestion, true));
    }

    /** Keeps something that went wrong but not for what is written; it is thrown where there are no mistakes. */
    void fail(KemoException exception) {
        failure = failure.or(() -> Optional.of(exception));
    }

    /**
     * Ends the reading.
     *
     * @throws KemoException where there was a mistake
     */
    void throwIfAny() {
        if (!mistakes.isEmpty()) {
            throw InvalidConfiguration.of(mistakes);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
