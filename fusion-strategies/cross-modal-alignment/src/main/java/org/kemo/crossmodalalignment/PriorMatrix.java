package org.kemo.crossmodalalignment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

/** Reads the matrix of a prior: lines of numbers of 0 and above. */
final class PriorMatrix {
    private static final Pattern GAP = Pattern.compile("[\\s,;]+");

    private PriorMatrix() {}

    /**
     * The matrix of a file.
     *
     * @throws KemoException category INPUT, where the file cannot be read or is no matrix of that size
     */
    static FloatTensor read(Path file, int rows, int columns) {
        List<List<String>> lines = lines(file);
        if (lines.size() != rows || lines.stream().anyMatch(line -> line.size() != columns)) {
            throw KemoException.input(
                    "The prior [" + file + "] has [" + lines.size() + "] lines of "
                            + lines.stream().map(List::size).distinct().toList() + " numbers, not [" + rows + "] of ["
                            + columns + "].",
                    "Mend the file, or set priorTokens and priorFrames to its size.");
        }
        FloatTensor matrix = FloatTensor.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.values()[row * columns + column] =
                        number(file, lines.get(row).get(column));
            }
        }
        return matrix;
    }

    private static List<List<String>> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(line -> List.of(GAP.split(line)))
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw KemoException.input(
                            "The prior [" + file + "] cannot be read.",
                            "Look whether the file is there, is text in UTF-8, and may be read.")
                    .causedBy(e);
        }
    }

    private static float number(Path file, String text) {
        try {
            float number = Float.parseFloat(text);
            if (number >= 0 && Float.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as of every number that is of no use.
        }
        throw KemoException.input(
                "The prior [" + file + "] holds [" + text + "].", "Give finite numbers of 0 and above.");
    }
}
