package org.kemo.labelmatchedpairs;

/** What becomes of an utterance whose label another side does not have. */
enum Unmatched {
    /** It is paired with the sides that have the label; the other modality is missing. */
    KEEP,
    /** It is left out. */
    LEAVE_OUT
}
