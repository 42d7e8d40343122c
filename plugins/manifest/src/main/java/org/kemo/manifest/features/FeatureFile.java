package org.kemo.manifest.features;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

/**
 * A file with the features of one utterance, [T, D]: {@code .npy} (NumPy, float32 or float64, [T, D] or [D], little-endian, in the
 * order of C), or {@code .csv} and {@code .tsv} (numbers, a step a line, with or without a line of names above).
 */
public final class FeatureFile {
    /** The endings of names that are read. */
    public static final List<String> ENDINGS = List.of("npy", "csv", "tsv");

    private FeatureFile() {}

    /**
     * Reads a file.
     *
     * @return [T, D], all finite, D at least 1; T = 0 for an array without steps
     * @throws KemoException category INPUT, where it cannot be read, is damaged, or holds something else
     */
    public static FloatTensor read(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "npy" -> NumpyFile.read(file);
            case "csv" -> NumberLines.read(file, ",");
            case "tsv" -> NumberLines.read(file, "\t");
            default ->
                throw KemoException.input(
                        "The file of features [" + file + "] is of no kind that is known here.",
                        "Use one of " + ENDINGS + ".");
        };
    }
}
