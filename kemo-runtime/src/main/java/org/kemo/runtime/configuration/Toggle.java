package org.kemo.runtime.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.text.NearestName;

/**
 * Takes a part out of a configuration with all that hangs on it, so that the rest still makes sense: {@code modalities.audio: off}
 * takes it out of the alignments and the stages, too, and drops a stage that has nothing left to train and a fusion strategy that
 * has a single modality left; {@code plugins.trim-silence: off} drops the components of that name from lists, and {@code on} leaves
 * them there.
 */
final class Toggle {
    private static final Set<String> OFF = Set.of("off", "false");
    private static final Set<String> ON = Set.of("on", "true");
    private static final String MODALITIES = "modalities";
    private static final String PLUGINS = "plugins";
    private static final String FUSION = "fusion";
    private static final String LABELS = "labels";
    private static final String ALIGN = "align";
    private static final String TRAIN = "train";
    private static final String STAGES = "stages";

    /** Lists in which a name alone is a component. */
    private static final Set<String> COMPONENTS = Set.of("preprocess", "features", "encoder");

    private final Place place;
    private final Mistakes mistakes;

    private Toggle(Place place, Mistakes mistakes) {
        this.place = place;
        this.mistakes = mistakes;
    }

    /** The configuration with the part switched off; empty where the path and value are no switch. */
    static Optional<Mapping> apply(Mapping root, List<String> path, Node value, Place place, Mistakes mistakes) {
        if (!isFor(path) || !(value instanceof Scalar scalar)) {
            return Optional.empty();
        }
        Toggle toggle = new Toggle(place, mistakes);
        if (path.get(0).equals(PLUGINS)) {
            return Optional.of(toggle.switched(root, path.get(1), scalar));
        }
        return OFF.contains(scalar.text()) ? Optional.of(toggle.withoutModality(root, path.get(1))) : Optional.empty();
    }

    /** Whether a path is that of a modality or a plugin, which can be switched off. */
    static boolean isFor(List<String> path) {
        return path.size() == 2
                && (path.get(0).equals(MODALITIES) || path.get(0).equals(PLUGINS));
    }

    private Mapping withoutModality(Mapping root, String modality) {
        Mapping modalities = mapping(root, MODALITIES);
        if (modalities.value(modality).isEmpty()) {
            mistakes.add(
                    place,
                    MODALITIES + "." + modality,
                    "there is no modality [" + modality + "] to switch off.",
                    NearestName.among(modalities.entries().keySet()).suggestion(modality));
            return root;
        }
        Mapping left = modalities.without(modality);
        boolean single = left.entries().size() == 1;
        Mapping changed = with(root, MODALITIES, left);
        Mapping labels = mapping(changed, LABELS);
        if (labels.value(ALIGN).isPresent()) {
            changed = with(
                    changed, LABELS, with(labels, ALIGN, mapping(labels, ALIGN).without(modality)));
        }
        if (single) {
            changed = changed.without(FUSION);
        }
        Mapping train = mapping(changed, TRAIN);
        List<Node> stages = elements(train, STAGES);
        if (!stages.isEmpty()) {
            List<Node> kept = stages.stream()
                    .flatMap(stage -> withoutModality(stage, modality, single).stream())
                    .toList();
            changed = with(changed, TRAIN, with(train, STAGES, new Listing(place, kept)));
        }
        return changed;
    }

    /** The stage without the modality; empty where it has nothing left to train. */
    private Optional<Node> withoutModality(Node node, String modality, boolean single) {
        if (!(node instanceof Mapping stage)) {
            return Optional.of(node);
        }
        List<Node> trained = elements(stage, MODALITIES).stream()
                .filter(each -> !isText(each, modality))
                .toList();
        boolean fuses = !single
                && stage.value(FUSION).filter(each -> isText(each, "true")).isPresent();
        if (trained.isEmpty() && !fuses) {
            return Optional.empty();
        }
        Mapping changed = with(stage, MODALITIES, new Listing(place, trained));
        return Optional.of(fuses ? changed : changed.without(FUSION));
    }

    /** The mapping under a key; an empty one where there is none. */
    private static Mapping mapping(Mapping parent, String key) {
        return parent.value(key).orElse(parent) instanceof Mapping mapping
                        && parent.value(key).isPresent()
                ? mapping
                : Mapping.empty(parent.place());
    }

    private static List<Node> elements(Mapping parent, String key) {
        return parent.value(key).orElse(parent) instanceof Listing list ? list.elements() : List.of();
    }

    private static boolean isText(Node node, String text) {
        return node instanceof Scalar scalar && scalar.text().equals(text);
    }

    /** Off drops {@code {type: NAME}} from every list, and {@code NAME} from lists of components; on leaves all as it is. */
    private Mapping switched(Mapping root, String name, Scalar value) {
        boolean off = OFF.contains(value.text());
        if (!off && !ON.contains(value.text())) {
            mistakes.add(
                    place,
                    PLUGINS + "." + name,
                    "expected on or off, but found " + value.words() + ".",
                    NearestName.among(List.of("on", "off", "true", "false")).suggestion(value.text()));
            return root;
        }
        Set<String> listed = new HashSet<>();
        Mapping changed = (Mapping) dropped(root, name, false, listed);
        if (!listed.contains(name)) {
            mistakes.add(
                    place,
                    PLUGINS + "." + name,
                    "there is no component [" + name + "] in any list, so that it cannot be switched "
                            + (off ? "off" : "on") + ".",
                    NearestName.among(listed)
                            .to(name)
                            .map(near -> "Did you mean [" + near + "]?")
                            .orElse("What a run cannot do without is replaced, for example fusion.type=static."));
        }
        return off ? changed : root;
    }

    /** @param listed takes the types of all that stands in lists */
    private static Node dropped(Node node, String name, boolean components, Set<String> listed) {
        if (node instanceof Mapping mapping) {
            Mapping changed = mapping;
            for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
                boolean inside = COMPONENTS.contains(entry.getKey());
                changed = with(changed, entry.getKey(), dropped(entry.getValue().value(), name, inside, listed));
            }
            return changed;
        }
        if (node instanceof Listing list) {
            List<Node> kept = new ArrayList<>();
            for (Node element : list.elements()) {
                Optional<String> type = type(components ? Overlay.inFull(element) : element);
                type.ifPresent(listed::add);
                if (!type.equals(Optional.of(name))) {
                    kept.add(dropped(element, name, false, listed));
                }
            }
            return new Listing(list.place(), kept);
        }
        return node;
    }

    private static Optional<String> type(Node element) {
        return element instanceof Mapping mapping && mapping.value(Overlay.TYPE).orElse(element) instanceof Scalar type
                ? Optional.of(type.text())
                : Optional.empty();
    }

    private static Mapping with(Mapping mapping, String key, Node value) {
        Entry old = mapping.entries().get(key);
        return mapping.with(
                key, new Entry(old == null ? value.place() : old.place(), value, old != null && old.ofAnotherType()));
    }
}
