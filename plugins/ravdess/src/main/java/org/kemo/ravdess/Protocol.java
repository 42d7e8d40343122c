package org.kemo.ravdess;

/** How the clips are parted into training, validation and test. */
enum Protocol {
    /** No speaker is on two sides: the sides are lists of actors. */
    SPEAKER_INDEPENDENT,
    /**
     * Every tenth clip of each class is for the test, counted through the actors in order: each speaker is on both sides, so
     * the figure says little about a voice that was never heard.
     */
    EVERY_TENTH
}
