package org.kemo.runtime.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.kemo.api.KemoException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes values as one JSON document. Jackson's data binding would do, but takes half a second to start, which is a fifth of what
 * {@code kemo analyze} may take in all; its stream of tokens starts at once.
 *
 * <p>Maps and records become objects, iterables and arrays become arrays, enums their names in lower case with hyphens, an empty
 * {@link Optional} and a number that is not finite {@code null}, a {@link KemoException} its {@code problem} and {@code remedy}, and
 * everything unknown its {@code toString}.
 */
final class JsonOutput {
    private JsonOutput() {}

    /** Writes the document and a line break, and flushes. */
    static void write(Object document, Writer out) {
        try (JsonGenerator generator = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(new Indented(), out)) {
            write(document, generator);
        }
        try {
            out.write(System.lineSeparator());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Standard output cannot be written", e);
        }
    }

    /** The components of a record in their order, for an object that differs from it in something. */
    static Map<String, Object> asMap(Record made) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : made.getClass().getRecordComponents()) {
            map.put(component.getName(), component(made, component));
        }
        return map;
    }

    private static void write(Object value, JsonGenerator generator) {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((key, each) -> property(key.toString(), each, generator));
            generator.writeEndObject();
        } else if (value instanceof Record made) {
            write(asMap(made), generator);
        } else if (value instanceof KemoException exception) {
            generator.writeStartObject();
            property("problem", exception.problem(), generator);
            property("remedy", exception.remedy(), generator);
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> each && !(value instanceof java.nio.file.Path)) {
            generator.writeStartArray();
            each.forEach(element -> write(element, generator));
            generator.writeEndArray();
        } else if (value.getClass().isArray()) {
            generator.writeStartArray();
            for (int i = 0; i < Array.getLength(value); i++) {
                write(Array.get(value, i), generator);
            }
            generator.writeEndArray();
        } else {
            single(value, generator);
        }
    }

    private static void property(String name, Object value, JsonGenerator generator) {
        generator.writeName(name);
        write(value, generator);
    }

    private static void single(Object value, JsonGenerator generator) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresentOrElse(some -> write(some, generator), generator::writeNull);
        } else if (value instanceof OptionalDouble number) {
            number.ifPresentOrElse(some -> write(some, generator), generator::writeNull);
        } else if (value instanceof OptionalInt number) {
            number.ifPresentOrElse(generator::writeNumber, generator::writeNull);
        } else if (value instanceof OptionalLong number) {
            number.ifPresentOrElse(generator::writeNumber, generator::writeNull);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Number number) {
            number(number, generator);
        } else if (value instanceof Enum<?> constant) {
            generator.writeString(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        } else {
            generator.writeString(value.toString());
        }
    }

    private static void number(Number number, JsonGenerator generator) {
        if (!Double.isFinite(number.doubleValue())) {
            generator.writeNull();
        } else {
            // A float as its shortest decimal, not as the double next to it.
            generator.writeNumber(number.toString());
        }
    }

    private static Object component(Record made, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(made);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Every component of a record can be read: " + component, e);
        }
    }

    /** People read the output, too. */
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
