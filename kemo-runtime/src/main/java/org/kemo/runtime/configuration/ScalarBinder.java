package org.kemo.runtime.configuration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.text.NearestName;
import tools.jackson.core.io.JsonStringEncoder;

/** Binds single values: numbers, texts, paths, names. Nothing is converted: {@code 1.5} is no whole number, {@code "3"} none. */
final class ScalarBinder {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** Of a number that is written out for a person. */
    private static final int MOST_PLACES = 30;

    private final Environment environment;
    private final Mistakes mistakes;

    ScalarBinder(Environment environment, Mistakes mistakes) {
        this.environment = environment;
        this.mistakes = mistakes;
    }

    static boolean binds(Class<?> raw) {
        return Expectation.isWhole(raw)
                || Expectation.isDecimal(raw)
                || raw == boolean.class
                || raw == Boolean.class
                || raw == String.class
                || raw == Path.class
                || raw == Duration.class
                || raw.isEnum();
    }

    /** Binds a text that is no option. */
    Optional<Bound<String>> text(Node node, String path) {
        return bind(String.class, OptionDescription.withoutRange("type", String.class), node, path)
                .map(bound -> new Bound<>((String) bound.value(), bound.node(), bound.json()));
    }

    Optional<Bound<?>> bind(Class<?> raw, OptionDescription option, Node node, String path) {
        Optional<Scalar> resolved =
                node instanceof Scalar scalar ? environment.resolve(scalar, path) : Optional.empty();
        if (resolved.isEmpty()) {
            if (!(node instanceof Scalar)) {
                refuse(raw, option, node, path);
            }
            return Optional.empty();
        }
        Scalar scalar = resolved.get();
        if (Expectation.isWhole(raw)) {
            return whole(raw, option, environment.typed(scalar), path);
        }
        if (Expectation.isDecimal(raw)) {
            return decimal(raw, option, environment.typed(scalar), path);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return truth(option, environment.typed(scalar), path);
        }
        if (!scalar.is(Scalar.Kind.TEXT)) {
            refuse(raw, option, scalar, path);
            return Optional.empty();
        }
        return text(raw, option, scalar, path);
    }

    private Optional<Bound<?>> whole(Class<?> raw, OptionDescription option, Scalar scalar, String path) {
        boolean isInt = raw == int.class || raw == Integer.class;
        if (!scalar.is(Scalar.Kind.INTEGER)) {
            refuse(raw, option, scalar, path);
            return Optional.empty();
        }
        BigInteger number = new BigInteger(scalar.text());
        if (number.bitLength() > (isInt ? Integer.SIZE : Long.SIZE) - 1 || isOutside(new BigDecimal(number), option)) {
            refuse(raw, option, scalar, path);
            return Optional.empty();
        }
        // Two branches: a conditional expression would turn the int into a long.
        Object value = number.longValue();
        if (isInt) {
            value = number.intValue();
        }
        return Optional.of(new Bound<>(value, scalar, number.toString()));
    }

    private Optional<Bound<?>> decimal(Class<?> raw, OptionDescription option, Scalar scalar, String path) {
        if (!scalar.is(Scalar.Kind.INTEGER) && !scalar.is(Scalar.Kind.DECIMAL)) {
            refuse(raw, option, scalar, path);
            return Optional.empty();
        }
        Optional<BigDecimal> number = finite(scalar.text());
        if (number.isEmpty()
                || isOutside(number.get(), option)
                || Double.isInfinite(number.get().doubleValue())) {
            refuse(raw, option, scalar, path);
            return Optional.empty();
        }
        if (raw == float.class || raw == Float.class) {
            float value = number.get().floatValue();
            return Optional.of(new Bound<>(value, scalar, Float.toString(value)));
        }
        double value = number.get().doubleValue();
        return Optional.of(new Bound<>(value, scalar, Double.toString(value)));
    }

    private Optional<Bound<?>> truth(OptionDescription option, Scalar scalar, String path) {
        if (!scalar.is(Scalar.Kind.BOOLEAN)) {
            refuse(boolean.class, option, scalar, path);
            return Optional.empty();
        }
        boolean value = Boolean.parseBoolean(scalar.text());
        return Optional.of(new Bound<>(value, scalar, Boolean.toString(value)));
    }

    private Optional<Bound<?>> text(Class<?> raw, OptionDescription option, Scalar scalar, String path) {
        if (raw == String.class) {
            return Optional.of(new Bound<>(scalar.text(), scalar, quoted(scalar.text())));
        }
        if (raw == Path.class) {
            return path(option, scalar, path);
        }
        return raw == Duration.class ? duration(option, scalar, path) : constant(raw, option, scalar, path);
    }

    private Optional<Bound<?>> path(OptionDescription option, Scalar scalar, String path) {
        if (scalar.text().equals("~") || scalar.text().startsWith("~/")) {
            mistakes.add(
                    scalar.place(),
                    path,
                    "expected " + Expectation.of(Path.class, option) + ", but found " + scalar.words() + ".",
                    "Write null where there is none, and ${HOME} for your folder.");
            return Optional.empty();
        }
        try {
            Path written = Path.of(scalar.text());
            Path absolute =
                    scalar.place().folder().resolve(written).toAbsolutePath().normalize();
            Function<String, String> below = text -> scalar.place().folder().toAbsolutePath() + "/" + text;
            Optional<String> reference = written.isAbsolute()
                    ? scalar.reference()
                    : scalar.reference().map(below);
            Scalar resolved = new Scalar(scalar.place(), Scalar.Kind.PATH, absolute.toString(), reference);
            return Optional.of(new Bound<>(absolute, resolved, quoted(absolute.toString())));
        } catch (InvalidPathException e) {
            refuse(Path.class, option, scalar, path);
            return Optional.empty();
        }
    }

    private Optional<Bound<?>> duration(OptionDescription option, Scalar scalar, String path) {
        Matcher matcher = DURATION.matcher(scalar.text());
        if (!matcher.matches()) {
            refuse(Duration.class, option, scalar, path);
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration value =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                };
        return Optional.of(new Bound<>(value, scalar, quoted(value.toString())));
    }

    private Optional<Bound<?>> constant(Class<?> raw, OptionDescription option, Scalar scalar, String path) {
        for (Object constant : raw.getEnumConstants()) {
            if (Expectation.name((Enum<?>) constant).equals(scalar.text())) {
                return Optional.of(new Bound<>(constant, scalar, quoted(scalar.text())));
            }
        }
        refuse(raw, option, scalar, path);
        return Optional.empty();
    }

    void refuse(Class<?> raw, OptionDescription option, Node found, String path) {
        mistakes.add(
                found.place(),
                path,
                "expected " + Expectation.of(raw, option) + ", but found " + found.words() + ".",
                suggestion(raw, found));
    }

    private static String suggestion(Class<?> raw, Node found) {
        if (!(found instanceof Scalar scalar) || scalar.is(Scalar.Kind.NULL)) {
            return "";
        }
        if (raw == String.class) {
            return "Put it in quotes.";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return NearestName.among(List.of("true", "false"))
                    .to(scalar.text())
                    .map(name -> "Did you mean [" + name + "]?")
                    .orElse("");
        }
        if (raw.isEnum()) {
            return NearestName.among(Expectation.names(raw))
                    .to(scalar.text())
                    .map(name -> "Did you mean [" + name + "]?")
                    .orElse("");
        }
        boolean whole = Expectation.isWhole(raw);
        return scalar.is(Scalar.Kind.TEXT) && (whole || Expectation.isDecimal(raw))
                ? asNumber(scalar.text(), whole)
                        .map(number -> writeNumber(scalar, number))
                        .orElse("")
                : "";
    }

    private static String writeNumber(Scalar found, String number) {
        if (found.reference().isPresent()) {
            return "Set the variable to a number such as 5 or 0.5.";
        }
        return number.equals(found.text()) ? "Write it without quotes." : "Write it as [" + number + "].";
    }

    /** The number that a text stands for, as YAML reads one. */
    private static Optional<String> asNumber(String text, boolean whole) {
        return finite(text)
                .filter(number -> Math.abs(number.scale()) <= MOST_PLACES)
                .map(number -> whole ? number.stripTrailingZeros() : number)
                .filter(number -> !whole || number.scale() <= 0)
                .map(BigDecimal::toPlainString);
    }

    /** A text as JSON. */
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    private static Optional<BigDecimal> finite(String text) {
        try {
            return Optional.of(new BigDecimal(text.replace("_", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isOutside(BigDecimal number, OptionDescription option) {
        return number.doubleValue() < option.min() || number.doubleValue() > option.max();
    }
}
