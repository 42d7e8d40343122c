package org.kemo.runtime.configuration;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
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
    /**
     * The options of a record, in its order, those of a group in the group's place.
     *
     * @throws KemoException category PLUGIN, where two have one name, or a group is no record
     */
    public static List<OptionDescription> of(Class<? extends Record> options) {
        List<OptionDescription> all = Arrays.stream(options.getRecordComponents())
                .flatMap(component ->
                        group(component).map(OptionDescription::of).orElseGet(() -> List.of(of(component))).stream())
                .toList();
        List<String> names = all.stream().map(OptionDescription::name).toList();
        names.stream()
                .filter(name -> Collections.frequency(names, name) > 1)
                .findFirst()
                .ifPresent(name -> {
                    throw KemoException.plugin(
                            "The options [" + options.getName() + "] have two of the name [" + name + "].",
                            "Name the one of them that no group brings along otherwise.");
                });
        return all;
    }

    /** The record whose options stand in the place of a component, where it is a group. */
    static Optional<Class<? extends Record>> group(RecordComponent component) {
        if (!component.isAnnotationPresent(OptionGroup.class)) {
            return Optional.empty();
        }
        if (!component.getType().isRecord()) {
            throw KemoException.plugin(
                    "The group of options [" + component.getName() + "] of ["
                            + component.getDeclaringRecord().getName() + "] is of the type ["
                            + component.getGenericType().getTypeName() + "].",
                    "Make a record of options of it.");
        }
        return Optional.of(component.getType().asSubclass(Record.class));
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
