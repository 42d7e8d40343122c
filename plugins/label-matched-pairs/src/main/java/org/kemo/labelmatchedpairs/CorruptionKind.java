package org.kemo.labelmatchedpairs;

import java.util.Locale;
import org.kemo.api.data.Source;

/** How a modality of a pair is spoiled. */
enum CorruptionKind {
    /** White noise over a sound. */
    NOISE,
    /** A random part of a sound or of a text is all that is left. */
    CUT,
    /** A sound without anything to hear. */
    SILENCE,
    /** The source of an utterance with another label, from the same side and split. */
    MISMATCH,
    /** The modality is missing. */
    DROP;

    /** Whether such a source can be spoiled in this way. */
    boolean fits(Source source) {
        boolean sound = source instanceof Source.AudioFile || source instanceof Source.Sound;
        return switch (this) {
            case NOISE, SILENCE -> sound;
            case CUT -> sound || source instanceof Source.Text;
            case MISMATCH, DROP -> true;
        };
    }

    /** Its name in a configuration. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
