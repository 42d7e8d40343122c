package org.kemo.majority;

import org.kemo.api.component.Option;

/** What is answered. */
record MajorityOptions(
        @Option(
                        value =
                                "distribution: the share of each class in the training data; class: the most frequent one alone,"
                                        + " the first of several",
                        defaultValue = "distribution")
                Answer answer) {
    /** What is answered. */
    enum Answer {
        /** The share of each class. */
        DISTRIBUTION,
        /** The most frequent class. */
        CLASS
    }
}
