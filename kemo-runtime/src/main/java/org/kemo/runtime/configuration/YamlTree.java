package org.kemo.runtime.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Builds the tree of one YAML text. Jackson's own binding ends at the first mistake and forgets where things stand; its stream
 * of tokens does neither.
 */
final class YamlTree {
    /** Aliases of aliases could make a few lines into a tree that fills the memory. */
    private static final int MOST_NODES = 100_000;

    private final Place origin;
    private final Mistakes mistakes;
    private final YAMLParser parser;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;

    private record Anchored(Node node, int size) {}

    private YamlTree(Place origin, Mistakes mistakes, YAMLParser parser) {
        this.origin = origin;
        this.mistakes = mistakes;
        this.parser = parser;
    }

    /**
     * Parses a text; an empty one is an empty mapping.
     *
     * @param origin where the text begins; a place without lines stays the place of all that is in it
     * @param mistakes receives those of the text; what could be read is returned
     */
    static Node parse(String text, Place origin, Mistakes mistakes) {
        try (YAMLParser parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlTree(origin, mistakes, parser).document();
        }
    }

    private Node document() {
        try {
            if (parser.nextToken() == null) {
                return Mapping.empty(origin);
            }
            Node root = node();
            if (parser.nextToken() != null) {
                mistakes.add(here(), "", "expected one document, but a second one begins here.", "Remove it.");
            }
            return root;
        } catch (JacksonException e) {
            mistakes.add(
                    place(e.getLocation()),
                    "",
                    "this is not YAML: " + firstLines(e.getOriginalMessage()) + ".",
                    e.getOriginalMessage().contains("${")
                            ? "Inside braces or brackets, put \"${NAME}\" in quotes."
                            : "");
            return Mapping.empty(origin);
        } catch (TooLarge e) {
            mistakes.add(origin, "", "the text has more than [" + MOST_NODES + "] values.", "Use fewer aliases.");
            return Mapping.empty(origin);
        }
    }

    private Node node() {
        count(1);
        if (parser.isCurrentAlias()) {
            return alias();
        }
        Optional<String> anchor = Optional.ofNullable(parser.getObjectId()).map(Object::toString);
        int before = nodes;
        Node node = content();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(node, 1 + nodes - before)));
        return node;
    }

    private Node content() {
        Place place = here();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(place);
            case START_ARRAY -> listing(place);
            case VALUE_NUMBER_INT -> scalar(place, Scalar.Kind.INTEGER);
            case VALUE_NUMBER_FLOAT -> scalar(place, Scalar.Kind.DECIMAL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(place, Scalar.Kind.BOOLEAN);
            case VALUE_NULL -> Scalar.nothing(place);
            default -> scalar(place, Scalar.Kind.TEXT);
        };
    }

    private Scalar scalar(Place place, Scalar.Kind kind) {
        return new Scalar(place, kind, parser.getString(), Optional.empty());
    }

    private Node alias() {
        String name = parser.getString();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            mistakes.add(
                    here(), "", "the alias [*" + name + "] names no anchor above it.", "Write &" + name + " before.");
            return Scalar.nothing(here());
        }
        count(anchored.size());
        return anchored.node();
    }

    private Mapping mapping(Place place) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyPlace = here();
            parser.nextToken();
            Node value = node();
            Entry first = entries.get(key);
            if (first != null) {
                mistakes.add(
                        keyPlace,
                        key,
                        "the key [" + key + "] stands twice"
                                + (first.place().line() == 0
                                        ? "."
                                        : ", first in line [" + first.place().line() + "]."),
                        "Remove one.");
            } else if (key.equals("<<")) {
                mistakes.add(keyPlace, key, "merge keys [<<] are not read.", "Use extends, or repeat the values.");
            } else {
                entries.put(key, Entry.of(keyPlace, value));
            }
        }
        return new Mapping(place, entries);
    }

    private Listing listing(Place place) {
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node());
        }
        return new Listing(place, elements);
    }

    private void count(int more) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw new TooLarge();
        }
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private Place place(TokenStreamLocation location) {
        return origin.line() == 0 || location == null || location.getLineNr() < 1
                ? origin
                : origin.at(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    /** SnakeYAML adds an excerpt with a caret; the place says as much. */
    private static String firstLines(String message) {
        return String.join(
                ", ",
                message.lines()
                        .filter(line -> !line.startsWith(" "))
                        .map(String::strip)
                        .toList());
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("too many nodes", null, false, false);
        }
    }
}
