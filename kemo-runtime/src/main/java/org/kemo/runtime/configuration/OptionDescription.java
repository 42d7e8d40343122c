package org.kemo.runtime.configuration;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;

/**
 * One option as {@code kemo describe} prints it and the reader checks it: a component of a configuration record with what its
 * {@link Option} says.
 *
 * @param name its key in YAML
 * @param type of the record's component
 * @param meaning one sentence
 * @param defaultValue as in YAML; empty where it must be given
 * @param unit of a number; empty for none
 * @param min the smallest number allowed, or negative infinity
 * @param max the largest number allowed, or infinity
 */
public record OptionDescription(
        String name, Type type, String meaning, Optional<String> defaultValue, String unit, double min, double max) {
    /** The options of a record, in its order, those of a group in the group's place. */
    public static List<OptionDescription> of(Class<? extends Record> options) {
        return Arrays.stream(options.getRecordComponents())
                .flatMap(component ->
                        group(component).map(OptionDescription::of).orElseGet(() -> List.of(of(component))).stream())
                .toList();
    }

    /** The record whose options stand in the place of a component, where it is a group. */
    static Optional<Class<? extends Record>> group(RecordComponent component) {
        return component.isAnnotationPresent(OptionGroup.class)
                ? Optional.of(component.getType().asSubclass(Record.class))
                : Optional.empty();
    }

    /** One of which nothing is known but its type. */
    static OptionDescription withoutRange(String name, Type type) {
        return new OptionDescription(
                name, type, "", Optional.empty(), "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    static OptionDescription of(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        Type type = component.getGenericType();
        if (option == null) {
            return withoutRange(component.getName(), type);
        }
        Optional<String> defaultValue =
                Optional.of(option.defaultValue()).filter(value -> !value.equals(Option.REQUIRED));
        return new OptionDescription(
                component.getName(), type, option.value(), defaultValue, option.unit(), option.min(), option.max());
    }

    /** What may stand there: {@code a whole number from 1 to 24}, {@code one of [adam, adamw]}. */
    public String expectation() {
        return Expectation.of(type, this);
    }

    /** What may stand there without the range: {@code a whole number}. */
    public String typeInWords() {
        return Expectation.of(type, withoutRange(name, type));
    }

    /** The record whose options stand below this one, where it is one, or a list or mapping of them. */
    public Optional<Class<? extends Record>> nested() {
        return nested(type);
    }

    private static Optional<Class<? extends Record>> nested(Type type) {
        Class<?> raw = Expectation.rawType(type);
        if (raw == Optional.class || raw == List.class || raw == Set.class) {
            return nested(Expectation.argument(type, 0));
        }
        if (raw == Map.class) {
            return nested(Expectation.argument(type, 1));
        }
        return raw.isRecord() && Expectation.kind(type).isEmpty()
                ? Optional.of(raw.asSubclass(Record.class))
                : Optional.empty();
    }
}
