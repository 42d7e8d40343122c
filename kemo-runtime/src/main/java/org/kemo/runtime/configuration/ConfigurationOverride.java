package org.kemo.runtime.configuration;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * An override of the command line.
     *
     * @param written {@code path=value}
     * @param folder what relative paths start from
     * @param mistakes receives those of its value now, and of its path when it is applied
     * @throws KemoException category CONFIGURATION, where it is not a path and a value
     */
    static ConfigurationOverride of(String written, Path folder, Mistakes mistakes) {
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
        return new ConfigurationOverride(place, path, value, mistakes);
    }

    /**
     * The same for a document that a record of this type is made of. An option that takes {@link Overrides} has paths for names, so that
     * what follows it is one: {@code set.fusion.type=static} gives {@code set} a value for {@code fusion.type}.
     */
    ConfigurationOverride in(Class<? extends Record> type) {
        return new ConfigurationOverride(place, in(type, path), value, mistakes);
    }

    private static List<String> in(Class<? extends Record> type, List<String> path) {
        Type reached = type;
        for (int depth = 0; depth < path.size(); depth++) {
            if (Expectation.rawType(reached) == Overrides.class) {
                List<String> joined = new ArrayList<>(path.subList(0, depth));
                joined.add(String.join(".", path.subList(depth, path.size())));
                return joined;
            }
            reached = below(reached, path.get(depth));
        }
        return path;
    }

    /** The type of an element or of an option; {@code Object} where there is none of that name. */
    private static Type below(Type type, String name) {
        Class<?> raw = Expectation.rawType(type);
        if (raw == List.class) {
            return Expectation.argument(type, 0);
        }
        if (raw == Map.class) {
            return Expectation.argument(type, 1);
        }
        if (!raw.isRecord()) {
            return Object.class;
        }
        return OptionDescription.of(raw.asSubclass(Record.class)).stream()
                .filter(option -> option.name().equals(name))
                .map(OptionDescription::type)
                .findFirst()
                .orElse(Object.class);
    }

    /** What a file says of a path in a configuration, as {@code fusion.type: static}. */
    static ConfigurationOverride of(String path, Entry entry, Mistakes mistakes) {
        return new ConfigurationOverride(entry.place(), List.of(path.split("\\.", -1)), entry.value(), mistakes);
    }

    /**
     * The configuration with all overrides: a later one takes the place of an earlier one, but a {@code type} comes before the options
     * of its component, which are so those of that type wherever they stand.
     */
    static Mapping apply(Mapping root, List<ConfigurationOverride> overrides) {
        Mapping changed = root;
        for (ConfigurationOverride each : inOrder(overrides)) {
            changed = each.appliedTo(changed);
        }
        return changed;
    }

    private static List<ConfigurationOverride> inOrder(List<ConfigurationOverride> written) {
        List<ConfigurationOverride> ordered = new ArrayList<>();
        for (ConfigurationOverride each : written) {
            ordered.add(each.isType() ? placeOfType(each, ordered) : ordered.size(), each);
        }
        return ordered;
    }

    /** Before the options of its component, but behind what may replace that. */
    private static int placeOfType(ConfigurationOverride type, List<ConfigurationOverride> earlier) {
        int place = earlier.size();
        for (int i = place - 1; i >= 0 && !earlier.get(i).mayReplace(type); i--) {
            if (earlier.get(i).isOptionBeside(type)) {
                place = i;
            }
        }
        return place;
    }

    private boolean isType() {
        return path.get(path.size() - 1).equals(Overlay.TYPE);
    }

    private boolean isOptionBeside(ConfigurationOverride type) {
        return !path.equals(type.path) && startsWith(path, type.path.subList(0, type.path.size() - 1));
    }

    /** Whether it gives another component or list to what the other one changes, or takes elements out of lists. */
    private boolean mayReplace(ConfigurationOverride other) {
        return Toggle.isFor(path) || (!path.equals(other.path) && startsWith(other.path, path));
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    private Mapping appliedTo(Mapping root) {
        return Toggle.apply(root, path, value, place, mistakes).orElseGet(() -> (Mapping) into(root, 0));
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
        Node below = Optional.ofNullable(mapping.entries().get(key))
                .filter(entry -> !entry.ofAnotherType())
                .map(Entry::value)
                .orElse(Mapping.empty(place));
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
