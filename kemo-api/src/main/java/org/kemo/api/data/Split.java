package org.kemo.api.data;

/** The part of a data set that an utterance belongs to. */
public enum Split {
    /** For training. */
    TRAIN,
    /** For choosing: early stopping, thresholds. */
    VALIDATION,
    /** For the figure that is reported. */
    TEST,
    /** The data set does not say. */
    NONE
}
