package org.kemo.runtime.configuration;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.text.NearestName;

/** Binds mappings to records: unknown keys, missing values, defaults, and what a compact constructor refuses. */
final class RecordBinder {
    private final TypeBinder types;
    private final Environment environment;
    private final Mistakes mistakes;

    RecordBinder(TypeBinder types, Environment environment, Mistakes mistakes) {
        this.types = types;
        this.environment = environment;
        this.mistakes = mistakes;
    }

    <R extends Record> Optional<Bound<R>> bind(Class<R> type, Node node, String path) {
        if (!(node instanceof Mapping mapping)) {
            mistakes.add(
                    node.place(), path, "expected a mapping with " + keys(type) + ", but found " + node.words() + ".");
            return Optional.empty();
        }
        Made made = new Made(mapping, path, knowsAllKeys(type, mapping, path));
        return made.of(type).map(made::bound);
    }

    /** A record in the making, with its groups: what is said of their options, which stand in one mapping. */
    private final class Made {
        private final Mapping mapping;
        private final String path;
        private final boolean known;
        private final Map<String, Entry> nodes = new LinkedHashMap<>();
        private final List<String> json = new ArrayList<>();

        /** Where not all keys are known, options are bound for their mistakes, but no record is made. */
        Made(Mapping mapping, String path, boolean known) {
            this.mapping = mapping;
            this.path = path;
            this.known = known;
        }

        <R extends Record> Optional<R> of(Class<R> type) {
            List<Object> values = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                OptionDescription.group(component)
                        .<Optional<?>>map(this::of)
                        .orElseGet(() -> option(type, OptionDescription.of(component)))
                        .ifPresent(values::add);
            }
            return known && values.size() == type.getRecordComponents().length
                    ? construct(type, values, mapping.place(), path)
                    : Optional.empty();
        }

        private Optional<?> option(Class<?> type, OptionDescription option) {
            Optional<? extends Bound<?>> bound = RecordBinder.this.option(type, option, mapping, path);
            bound.ifPresent(some -> {
                nodes.put(option.name(), Entry.of(some.node().place(), some.node()));
                json.add(ScalarBinder.quoted(option.name()) + ":" + some.json());
            });
            return bound.map(Bound::value);
        }

        <R extends Record> Bound<R> bound(R made) {
            return new Bound<>(made, new Mapping(mapping.place(), nodes), "{" + String.join(",", json) + "}");
        }
    }

    /**
     * Does what may refuse the values that it is given: a compact constructor, a factory.
     *
     * @param place where the mistake is said to be
     */
    <T> Optional<T> attempt(Place place, String path, Attempt<T> attempt) {
        try {
            return Optional.of(attempt.run());
        } catch (KemoException e) {
            if (e.category() == KemoException.Category.CONFIGURATION) {
                mistakes.add(place, path, environment.redact(e.problem()), environment.redact(e.remedy()));
            } else {
                mistakes.fail(e);
            }
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    place,
                    path,
                    environment.redact(Optional.ofNullable(e.getMessage()).orElse(e.toString())));
        }
        return Optional.empty();
    }

    /** Something that may throw what a person did wrong. */
    @FunctionalInterface
    interface Attempt<T> {
        T run();
    }

    private Optional<? extends Bound<?>> option(Class<?> type, OptionDescription option, Mapping mapping, String path) {
        String below = TypeBinder.below(path, option.name());
        Optional<Node> written = mapping.value(option.name());
        if (written.isPresent()) {
            return types.bind(option.type(), option, written.get(), below);
        }
        if (option.defaultValue().isEmpty()) {
            mistakes.add(
                    mapping.place(),
                    below,
                    "is missing: " + option.expectation()
                            + (option.meaning().isEmpty() ? "." : " (" + option.meaning() + ")."));
            return Optional.empty();
        }
        Place place = Place.in(
                "default of " + type.getSimpleName() + "." + option.name(),
                mapping.place().folder());
        String text = option.defaultValue().get();
        Node node = text.isBlank() ? Scalar.text(place, text) : YamlTree.parse(text, place, mistakes);
        return types.bind(option.type(), option, node, below);
    }

    private boolean knowsAllKeys(Class<? extends Record> type, Mapping mapping, String path) {
        List<String> known = names(type);
        boolean all = true;
        for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                all = false;
                mistakes.add(
                        entry.getValue().place(),
                        TypeBinder.below(path, entry.getKey()),
                        "there is no option [" + entry.getKey() + "].",
                        known.isEmpty()
                                ? "There are no options."
                                : NearestName.among(known).suggestion(entry.getKey()));
            }
        }
        return all;
    }

    private <R extends Record> Optional<R> construct(Class<R> type, List<Object> values, Place place, String path) {
        return attempt(place, path, () -> {
            try {
                Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                Constructor<R> constructor = type.getDeclaredConstructor(parameters);
                constructor.setAccessible(true);
                return constructor.newInstance(values.toArray());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof KemoException problem) {
                    throw problem;
                }
                if (e.getCause() instanceof IllegalArgumentException problem) {
                    throw problem;
                }
                throw fault(type, e.getCause());
            } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                throw fault(type, e);
            }
        });
    }

    private static KemoException fault(Class<?> type, Throwable cause) {
        return KemoException.fault(
                        "The options [" + type.getName() + "] could not be made: " + cause + ".",
                        "Report this to the author of the component.")
                .causedBy(cause);
    }

    private static List<String> names(Class<? extends Record> type) {
        return OptionDescription.of(type).stream().map(OptionDescription::name).toList();
    }

    private static String keys(Class<? extends Record> type) {
        return names(type).toString();
    }
}
