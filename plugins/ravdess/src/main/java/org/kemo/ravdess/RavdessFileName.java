package org.kemo.ravdess;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a RAVDESS file says: seven numbers of two digits, joined by hyphens.
 *
 * @param stem the name without its ending
 * @param modality 1 sound and picture, 2 picture alone, 3 sound alone
 * @param channel 1 speech, 2 song
 * @param label the emotion
 * @param actor 1 to 24
 */
record RavdessFileName(String stem, int modality, int channel, String label, int actor) {
    /** The emotions in the order of their numbers, from 1. */
    static final List<String> LABELS =
            List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");

    private static final int SOUND = 3;
    private static final int SPEECH = 1;

    // Modality, channel, emotion, intensity, statement, repetition, actor.
    private static final Pattern NAME =
            Pattern.compile("(0[1-3])-(0[12])-(0[1-8])-0[12]-0[12]-0[12]-(0[1-9]|1\\d|2[0-4])");

    /** Reads a name without its ending; empty where it is not a name of RAVDESS. */
    static Optional<RavdessFileName> parse(String stem) {
        Matcher name = NAME.matcher(stem);
        if (!name.matches()) {
            return Optional.empty();
        }
        return Optional.of(new RavdessFileName(
                stem,
                Integer.parseInt(name.group(1)),
                Integer.parseInt(name.group(2)),
                LABELS.get(Integer.parseInt(name.group(3)) - 1),
                Integer.parseInt(name.group(4))));
    }

    /** Whether there is a picture. */
    boolean isVideo() {
        return modality != SOUND;
    }

    /** Whether it is sung. */
    boolean isSong() {
        return channel != SPEECH;
    }

    /** The actor as the files write it, two digits. */
    String speaker() {
        return stem.substring(stem.length() - 2);
    }
}
