package org.kemo.runtime.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.text.NearestName;

/**
 * Puts the values of environment variables in the place of {@code ${NAME}} and {@code ${NAME:-default}}; a default holds no reference
 * itself, and a second dollar sign before the brace says that a brace is meant. A value that is one reference and nothing else is read
 * as YAML where the option is not a text, so that {@code epochs: ${EPOCHS:-20}} works.
 *
 * <p>What was read from a variable is never shown: not by {@code kemo config}, not in a model folder, not in a message.
 * All have the reference instead, which also reads back. Belongs to one thread.
 */
final class Environment {
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$\\{|\\{([^}]*)})");
    private static final Pattern CONTENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    /** Shorter values are found in too many words; a message would lose its sense and nothing would be hidden. */
    private static final int SHORTEST_SECRET = 4;

    private final Map<String, String> variables;
    private final Mistakes mistakes;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    Environment(Map<String, String> variables, Mistakes mistakes) {
        this.variables = variables;
        this.mistakes = mistakes;
    }

    /** The scalar with values in the place of references; empty where a variable is missing, which is then a mistake. */
    Optional<Scalar> resolve(Scalar scalar, String path) {
        if (!scalar.is(Scalar.Kind.TEXT) || !scalar.text().contains("${")) {
            return Optional.of(scalar);
        }
        StringBuilder text = new StringBuilder();
        boolean complete = true;
        Matcher matcher = REFERENCE.matcher(scalar.text());
        while (matcher.find()) {
            Optional<String> value =
                    matcher.group(1) == null ? Optional.of("${") : value(matcher.group(), scalar, path);
            complete &= value.isPresent();
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
        }
        matcher.appendTail(text);
        return complete
                ? Optional.of(new Scalar(scalar.place(), Scalar.Kind.TEXT, text.toString(), Optional.of(scalar.text())))
                : Optional.empty();
    }

    /** As YAML takes the value of a variable that stands alone; the scalar itself where it is anything else. */
    Scalar typed(Scalar scalar) {
        boolean alone = scalar.reference()
                .map(REFERENCE::matcher)
                .filter(Matcher::matches)
                .filter(matcher -> matcher.group(1) != null)
                .isPresent();
        if (!alone || scalar.text().isBlank()) {
            return scalar;
        }
        Mistakes ignored = new Mistakes();
        return YamlTree.parse(scalar.text(), scalar.place(), ignored) instanceof Scalar typed
                ? new Scalar(scalar.place(), typed.kind(), typed.text(), scalar.reference())
                : scalar;
    }

    /** A message without the values of variables. */
    String redact(String message) {
        List<String> longestFirst = new ArrayList<>(secrets.keySet());
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        String redacted = message;
        for (String secret : longestFirst) {
            redacted = redacted.replace(secret, secrets.get(secret));
        }
        return redacted;
    }

    private Optional<String> value(String reference, Scalar scalar, String path) {
        Matcher content = CONTENT.matcher(reference.substring(2, reference.length() - 1));
        if (!content.matches()) {
            mistakes.add(
                    scalar.place(),
                    path,
                    "[" + reference + "] names no environment variable.",
                    "Write ${NAME} or ${NAME:-default}, or $${ for a brace that is meant.");
            return Optional.empty();
        }
        Optional<String> otherwise = Optional.ofNullable(content.group(2));
        if (otherwise.filter(text -> text.contains("${")).isPresent()) {
            mistakes.add(
                    scalar.place(),
                    path,
                    "the default in [" + scalar.text() + "] is a reference itself, which is not read.",
                    "Write a default without ${, or none, and set [" + content.group(1) + "].");
            return Optional.empty();
        }
        Optional<String> found = Optional.ofNullable(variables.get(content.group(1)));
        Optional<String> value = found.or(() -> otherwise);
        if (value.isEmpty()) {
            mistakes.addAbsence(
                    scalar.place(),
                    path,
                    "the environment variable [" + content.group(1) + "] is not set.",
                    "Set it, or write ${" + content.group(1) + ":-default}."
                            + NearestName.among(variables.keySet())
                                    .to(content.group(1))
                                    .map(name -> " Or did you mean [" + name + "]?")
                                    .orElse(""));
        }
        found.filter(secret -> secret.length() >= SHORTEST_SECRET).ifPresent(secret -> secrets.put(secret, reference));
        return value;
    }
}
