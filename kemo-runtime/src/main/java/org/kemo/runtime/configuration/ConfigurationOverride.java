package org.kemo.runtime.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.text.NearestName;

/**
 * One value from the command line that takes the place of one in the file: {@code train.stages.audio.epochs=3}. The value is
 * YAML; an element of a list is named by its position from 0 or by its {@code name}.
 */
final class ConfigurationOverride {
    private static final Pattern POSITION = Pattern.compile("\\d{1,6}");

    private final Place place;
    private final List<String> path;
    private final Node value;
    private final Mistakes mistakes;

    private ConfigurationOverride(Place place, List<String> path, Node value, Mistakes mistakes) {
        this.place = place;
        this.path = path;
        this.value = value;
        this.mistakes = mistakes;
    }

    /**
     * The configuration with this override.
     *
     * @param root what is overridden
     * @param written {@code path=value}
     * @param folder what relative paths start from
     * @throws KemoException category CONFIGURATION, where it is not a path and a value
     */
    static Mapping apply(Mapping root, String written, Path folder, Mistakes mistakes) {
        int equals = written.indexOf('=');
        List<String> path = equals < 1
                ? List.of()
                : List.of(written.substring(0, equals).strip().split("\\.", -1));
        if (path.isEmpty() || path.contains("")) {
            throw KemoException.configuration(
                    "The override [" + written + "] is not a path and a value.",
                    "Write it as train.stages.0.epochs=3.");
        }
        String source = "override [" + written + "]";
        Place place = Place.in(source, folder);
        String text = written.substring(equals + 1);
        Node value = text.isBlank() ? Scalar.nothing(place) : YamlTree.parse(text, place, mistakes);
        return apply(root, path, value, place, mistakes);
    }

    /** The configuration with what a file says of a path in it, as {@code fusion.type: static}. */
    static Mapping apply(Mapping root, String path, Entry entry, Mistakes mistakes) {
        return apply(root, List.of(path.split("\\.", -1)), entry.value(), entry.place(), mistakes);
    }

    private static Mapping apply(Mapping root, List<String> path, Node value, Place place, Mistakes mistakes) {
        return Toggle.apply(root, path, value, place, mistakes)
                .orElseGet(() -> (Mapping) new ConfigurationOverride(place, path, value, mistakes).into(root, 0));
    }

    private Node into(Node node, int depth) {
        if (depth == path.size()) {
            // A whole component in place of another: what was there goes.
            return value;
        }
        if (node instanceof Listing list) {
            return intoList(list, depth);
        }
        Mapping mapping = Overlay.inFull(node) instanceof Mapping existing ? existing : Mapping.empty(place);
        String key = path.get(depth);
        Node below = mapping.value(key).orElse(Mapping.empty(place));
        Entry changed = Entry.of(place, into(below, depth + 1));
        return key.equals(Overlay.TYPE)
                ? Overlay.merge(mapping, new Mapping(mapping.place(), Map.of(key, changed)))
                : mapping.with(key, changed);
    }

    private Node intoList(Listing list, int depth) {
        String key = path.get(depth);
        OptionalInt index = index(list, key);
        if (index.isEmpty()) {
            mistakes.add(
                    place,
                    String.join(".", path),
                    "the list [" + String.join(".", path.subList(0, depth)) + "] has no element [" + key + "], only "
                            + list.elements().size() + ".",
                    NearestName.among(names(list)).suggestion(key));
            return list;
        }
        int position = index.getAsInt();
        Node below = position < list.elements().size() ? list.elements().get(position) : Mapping.empty(place);
        return list.with(position, into(below, depth + 1));
    }

    private static OptionalInt index(Listing list, String key) {
        int size = list.elements().size();
        if (POSITION.matcher(key).matches()) {
            int position = Integer.parseInt(key);
            return position <= size ? OptionalInt.of(position) : OptionalInt.empty();
        }
        return IntStream.range(0, size)
                .filter(i -> name(list.elements().get(i)).equals(key))
                .findFirst();
    }

    private static List<String> names(Listing list) {
        return list.elements().stream()
                .map(ConfigurationOverride::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String name(Node element) {
        return element instanceof Mapping mapping && mapping.value("name").orElse(element) instanceof Scalar scalar
                ? scalar.text()
                : "";
    }
}
