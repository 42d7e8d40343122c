package org.kemo.api;

import java.util.regex.Pattern;

/**
 * A channel through which an utterance shows emotion: its sound, its words, a face. A modality is a value with a name, so
 * that a new one comes with a configuration and a plugin and not with a change here.
 *
 * @param name lower-case letters, digits and hyphens, starting with a letter: {@code audio}, {@code text}
 */
public record Modality(String name) implements Comparable<Modality> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    /** Checks the name. */
    public Modality {
        if (!NAME.matcher(name).matches()) {
            throw KemoException.configuration(
                    "The modality name [" + name + "] is not usable.",
                    "Use lower-case letters, digits and hyphens, and start with a letter.");
        }
    }

    /** The modality of that name. */
    public static Modality of(String name) {
        return new Modality(name);
    }

    @Override
    public int compareTo(Modality other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
