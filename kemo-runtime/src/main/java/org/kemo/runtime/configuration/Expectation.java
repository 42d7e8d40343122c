package org.kemo.runtime.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.runtime.plugin.ComponentKind;

/** What may stand in the place of an option, in words. */
final class Expectation {
    private Expectation() {}

    static String of(Type type, OptionDescription option) {
        Class<?> raw = rawType(type);
        if (raw == Optional.class) {
            return of(argument(type, 0), option) + ", or null";
        }
        if (raw == List.class && kind(argument(type, 0)).isPresent()) {
            return of(argument(type, 0), option) + ", or a list of them";
        }
        if (raw == List.class || raw == Set.class) {
            return "a list, each " + of(argument(type, 0), option);
        }
        if (raw == Map.class && argument(type, 0) == String.class) {
            return "a mapping of names, each to " + of(argument(type, 1), option);
        }
        if (raw == Overrides.class) {
            return "a mapping of paths to values, as fusion.type: static";
        }
        if (isWhole(raw)) {
            return "a whole number" + range(option);
        }
        if (isDecimal(raw)) {
            return "a number" + range(option);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw.isEnum()) {
            return "one of [" + String.join(", ", names(raw)) + "]";
        }
        if (raw == String.class) {
            return "a text";
        }
        if (raw == Path.class) {
            return "a path";
        }
        if (raw == Duration.class) {
            return "a duration such as 500ms, 2s or 5m";
        }
        String other = raw.isRecord()
                ? "a mapping"
                : "a value of the type [" + type.getTypeName() + "], which a configuration cannot hold";
        return kind(type).map(Expectation::component).orElse(other);
    }

    /** The kind of component that a type stands for, bare or as {@link Component}. */
    static Optional<ComponentKind> kind(Type type) {
        return ComponentKind.ofProduct(rawType(rawType(type) == Component.class ? argument(type, 0) : type));
    }

    static String component(ComponentKind kind) {
        return "a component of kind " + kind.label() + " as {type: NAME, ...} or NAME";
    }

    /** The names of an enum's values in YAML: {@code random-over}. */
    static List<String> names(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants())
                .map(constant -> name((Enum<?>) constant))
                .toList();
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static boolean isWhole(Class<?> raw) {
        return raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class;
    }

    static boolean isDecimal(Class<?> raw) {
        return raw == double.class || raw == Double.class || raw == float.class || raw == Float.class;
    }

    static Class<?> rawType(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
    }

    /** A type argument; {@code Object} where there is none. */
    static Type argument(Type type, int index) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[index]
                : Object.class;
    }

    static String range(OptionDescription option) {
        boolean hasMin = option.min() != Double.NEGATIVE_INFINITY;
        boolean hasMax = option.max() != Double.POSITIVE_INFINITY;
        if (hasMin && hasMax) {
            return " from " + number(option.min()) + " to " + number(option.max());
        }
        return hasMin ? " of at least " + number(option.min()) : hasMax ? " of at most " + number(option.max()) : "";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
