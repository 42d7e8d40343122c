package org.kemo.crossmodalalignment;

import java.nio.file.Path;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/** Which modality attends, how wide the joint vectors are, and the prior. */
record CrossModalAlignmentOptions(
        @Option(value = "The modality that attends to the others: the words", defaultValue = "text") String query,
        @Option(
                        value = "Width of the two vectors that are multiplied, the word and what it found",
                        defaultValue = "32",
                        min = 1,
                        unit = "units")
                int width,
        @Option(
                        value =
                                "The prior M of eq. 12: none, 1 everywhere; learned, positive numbers that begin at 1; file, a matrix"
                                        + " from priorFile",
                        defaultValue = "none")
                Prior prior,
        @Option(
                        value =
                                "Text file with the matrix of the prior: priorTokens lines of priorFrames numbers of 0 and above,"
                                        + " divided by blanks or commas; # begins a comment. Read when the strategy is trained",
                        defaultValue = "null")
                Optional<Path> priorFile,
        @Option(
                        value =
                                "Rows of the prior: places that stand evenly from the first word to the last; between two, the prior"
                                        + " goes in a straight line",
                        defaultValue = "8",
                        min = 1)
                int priorTokens,
        @Option(
                        value = "Columns of the prior: places that stand evenly from the first frame to the last",
                        defaultValue = "8",
                        min = 1)
                int priorFrames,
        @Option(
                        value = "Share of the classifier's input that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {
    /** What eq. 12 multiplies with. */
    enum Prior {
        /** Nothing. */
        NONE,
        /** A matrix that is trained. */
        LEARNED,
        /** A matrix from a file. */
        FILE
    }

    CrossModalAlignmentOptions {
        if (prior == Prior.FILE && priorFile.isEmpty()) {
            throw KemoException.configuration(
                    "The prior is [file] and there is no priorFile.",
                    "Name the file with the matrix, or choose learned.");
        }
        if (prior != Prior.FILE && priorFile.isPresent()) {
            throw KemoException.configuration(
                    "There is a priorFile [" + priorFile.get() + "], which nothing reads.",
                    "Set prior to file, or leave priorFile out.");
        }
    }
}
