package org.kemo.runtime.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in a configuration before it is known what it means: a tree in which everything knows its place. */
sealed interface Node {
    /** Where it begins. */
    Place place();

    /** What it is, for a person: {@code the number [3]}, {@code a list}. */
    String words();

    /** Names with values, in the order written. */
    record Mapping(Place place, Map<String, Entry> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping empty(Place place) {
            return new Mapping(place, Map.of());
        }

        Optional<Node> value(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(place, changed);
        }

        Mapping without(String key) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(place, changed);
        }

        @Override
        public String words() {
            return "a mapping";
        }
    }

    /**
     * One value of a mapping.
     *
     * @param place of its name
     * @param value what stands there
     * @param ofAnotherType it was written for a component whose {@code type} was replaced since, and goes with it
     */
    record Entry(Place place, Node value, boolean ofAnotherType) {
        static Entry of(Place place, Node value) {
            return new Entry(place, value, false);
        }

        Entry leftBehind() {
            return new Entry(place, value, true);
        }
    }

    /** Values in order. */
    record Listing(Place place, List<Node> elements) implements Node {
        public Listing {
            elements = List.copyOf(elements);
        }

        Listing with(int index, Node element) {
            List<Node> changed = new ArrayList<>(elements);
            if (index == changed.size()) {
                changed.add(element);
            } else {
                changed.set(index, element);
            }
            return new Listing(place, changed);
        }

        @Override
        public String words() {
            return "a list";
        }
    }

    /**
     * One value.
     *
     * @param kind what YAML takes it for
     * @param text as it was written, with the values of environment variables in their places
     * @param reference the text with {@code ${NAME}} in it, where a variable was read; it is what may be shown
     */
    record Scalar(Place place, Kind kind, String text, Optional<String> reference) implements Node {
        /** What YAML takes a value for. */
        enum Kind {
            TEXT("the text"),
            INTEGER("the number"),
            DECIMAL("the number"),
            BOOLEAN("the value"),
            /** A text that an option takes for a path, which is absolute then. */
            PATH("the path"),
            NULL("nothing");

            private final String words;

            Kind(String words) {
                this.words = words;
            }
        }

        static Scalar text(Place place, String text) {
            return new Scalar(place, Kind.TEXT, text, Optional.empty());
        }

        static Scalar nothing(Place place) {
            return new Scalar(place, Kind.NULL, "null", Optional.empty());
        }

        boolean is(Kind other) {
            return kind == other;
        }

        /** What may be shown of it. */
        String shown() {
            return reference.orElse(text);
        }

        @Override
        public String words() {
            return is(Kind.NULL) ? kind.words : kind.words + " [" + shown() + "]";
        }
    }
}
