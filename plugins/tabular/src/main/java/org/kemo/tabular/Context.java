package org.kemo.tabular;

/** What of its group an utterance's features hold. */
enum Context {
    /** Nothing: its own features alone, [1, D]. */
    NONE,
    /** The features of its neighbours too, and a last column that marks its own: [U, D + 1]. */
    GROUP
}
