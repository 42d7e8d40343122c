package org.kemo.manifest.features;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.api.data.LineFile;
import org.kemo.api.network.FloatTensor;
import org.kemo.manifest.table.FiniteNumber;

/**
 * Reads a matrix of numbers, a row a line. A first line whose fields are all filled, and none with a number, is one of names; empty lines
 * are passed over.
 */
final class NumberLines {
    /** As programs write what was to be a number, finite or not. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(nan|inf|infinity|[\\d.]+(e[-+]?\\d+)?)", Pattern.CASE_INSENSITIVE);

    private NumberLines() {}

    static FloatTensor read(Path file, String delimiter) {
        List<float[]> rows = new ArrayList<>();
        int width = 0;
        for (LineFile.Line line : LineFile.read(file)) {
            String text = line.text().orElseThrow(() -> bad(file, line, "is not UTF-8"));
            if (text.isBlank()) {
                continue;
            }
            String[] fields = text.split(delimiter, -1);
            if (rows.isEmpty() && width == 0 && isHeader(fields)) {
                width = fields.length;
                continue;
            }
            if (width > 0 && fields.length != width) {
                throw bad(file, line, "has [" + fields.length + "] fields where those before have [" + width + "]");
            }
            width = fields.length;
            rows.add(numbers(file, line, fields));
        }
        if (rows.isEmpty()) {
            throw KemoException.input("The file of features [" + file + "] holds no numbers.", "Write a step a line.");
        }
        float[] values = new float[rows.size() * width];
        for (int t = 0; t < rows.size(); t++) {
            System.arraycopy(rows.get(t), 0, values, t * width, width);
        }
        return FloatTensor.of(values, rows.size(), width);
    }

    private static boolean isHeader(String[] fields) {
        return Arrays.stream(fields)
                .map(String::strip)
                .noneMatch(field -> field.isEmpty() || NUMBER.matcher(field).matches());
    }

    private static float[] numbers(Path file, LineFile.Line line, String[] fields) {
        float[] numbers = new float[fields.length];
        for (int d = 0; d < fields.length; d++) {
            String field = fields[d].strip();
            OptionalDouble number = FiniteNumber.of(field);
            numbers[d] = (float)
                    number.orElseThrow(() -> bad(file, line, "holds [" + field + "], which is no finite number"));
        }
        return numbers;
    }

    private static KemoException bad(Path file, LineFile.Line line, String what) {
        return KemoException.input(
                "The line [" + line.number() + "] of the features [" + file + "] " + what + ".",
                "Write one finite number in each field, as many in each line.");
    }
}
