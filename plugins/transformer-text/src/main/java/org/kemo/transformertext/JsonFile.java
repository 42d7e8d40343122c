package org.kemo.transformertext;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;

/**
 * A file of settings in a model's folder. What it says is not trusted: a value of another type or out of range is an error with
 * the file's path and the key.
 *
 * @param file for messages
 * @param object what it holds
 */
record JsonFile(Path file, JsonObject object) {
    /** A file of settings is small; what is larger is something else. */
    private static final long LARGEST = 64L << 20;

    /** Reads a file that holds an object. */
    static JsonFile read(Path file) {
        JsonElement element = parse(file);
        if (!element.isJsonObject()) {
            throw wrong(file, "holds no object");
        }
        return new JsonFile(file, element.getAsJsonObject());
    }

    /** Reads a file that holds a list of objects. */
    static List<JsonFile> readList(Path file) {
        JsonElement element = parse(file);
        if (!element.isJsonArray()) {
            throw wrong(file, "holds no list");
        }
        List<JsonFile> objects = new ArrayList<>();
        JsonArray list = element.getAsJsonArray();
        for (JsonElement each : list) {
            if (!each.isJsonObject()) {
                throw wrong(file, "holds a list of something else than objects");
            }
            objects.add(new JsonFile(file, each.getAsJsonObject()));
        }
        return objects;
    }

    private static JsonElement parse(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw wrong(file, "is too large");
            }
            return JsonParser.parseString(Files.readString(file));
        } catch (JsonParseException | StackOverflowError e) {
            throw wrong(file, "is no JSON").causedBy(e);
        } catch (IOException e) {
            throw wrong(file, "cannot be read").causedBy(e);
        }
    }

    /** A text; empty where the key is not there. */
    Optional<String> text(String key) {
        return value(key).map(value -> text(key, value));
    }

    /** The texts of a list, or one that stands alone; empty where the key is not there. */
    Optional<List<String>> texts(String key) {
        return value(key).map(value -> {
            List<JsonElement> each =
                    value.isJsonArray() ? value.getAsJsonArray().asList() : List.of(value);
            return each.stream().map(element -> text(key, element)).toList();
        });
    }

    private String text(String key, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw wrong(key, value);
        }
        return value.getAsString();
    }

    /** An object within; empty where the key is not there. */
    Optional<JsonFile> section(String key) {
        return value(key).map(value -> {
            if (!value.isJsonObject()) {
                throw wrong(key, value);
            }
            return new JsonFile(file, value.getAsJsonObject());
        });
    }

    /** A flag; false where the key is not there. */
    boolean flag(String key) {
        return flag(key, false);
    }

    /** A flag; that where the key is not there. */
    boolean flag(String key, boolean otherwise) {
        return value(key)
                .map(value -> {
                    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
                        throw wrong(key, value);
                    }
                    return value.getAsBoolean();
                })
                .orElse(otherwise);
    }

    /** A whole number from 0 to a million; empty where the key is not there. */
    Optional<Integer> number(String key) {
        return decimal(key).map(value -> {
            if (value != Math.rint(value) || value < 0 || value > 1_000_000) {
                throw wrong(file, "says [" + key + ": " + BigDecimal.valueOf(value) + "]");
            }
            return (int) value.doubleValue();
        });
    }

    /** A whole number from 1 to a million that has to be there. */
    int size(String key) {
        int size = number(key).orElseThrow(() -> wrong(file, "does not say [" + key + "]"));
        if (size == 0) {
            throw wrong(file, "says [" + key + ": 0]");
        }
        return size;
    }

    /** A finite number; empty where the key is not there. */
    Optional<Double> decimal(String key) {
        return value(key).map(value -> {
            if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
                throw wrong(key, value);
            }
            double number = value.getAsDouble();
            if (!Double.isFinite(number)) {
                throw wrong(key, value);
            }
            return number;
        });
    }

    private Optional<JsonElement> value(String key) {
        return Optional.ofNullable(object.get(key)).filter(value -> !value.isJsonNull());
    }

    private KemoException wrong(String key, JsonElement value) {
        return wrong(file, "says [" + key + ": " + value + "]");
    }

    /** An error about a file of a model that is damaged or does not fit the others. */
    static KemoException wrong(Path file, String what) {
        return wrong(file, what, "Fetch the model again, or name another one.");
    }

    /** An error about a file of a model, which may be as it was published. */
    static KemoException wrong(Path file, String what, String remedy) {
        return KemoException.plugin("The file [" + file + "] " + what + ".", remedy);
    }
}
