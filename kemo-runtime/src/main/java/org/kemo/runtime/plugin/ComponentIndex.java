package org.kemo.runtime.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names of a plugin's components, kept beside the unpacked plugin so that a start need not load its classes to know them.
 * What was found under other circumstances (another version of kemo-api, another version of a plugin that it depends on) is not
 * used.
 */
final class ComponentIndex {
    private static final String CIRCUMSTANCES = "under ";

    private ComponentIndex() {}

    /** The names, where they were written under the same circumstances. */
    static Optional<SortedSet<ComponentName>> read(StagedPlugin plugin, String circumstances) throws IOException {
        List<String> lines = TextFile.readIfText(plugin.componentsFile());
        if (lines.isEmpty() || !lines.get(0).equals(CIRCUMSTANCES + circumstances)) {
            return Optional.empty();
        }
        return Optional.of(names(lines));
    }

    /** The names under whatever circumstances they were written, for a plugin that is not to be loaded; empty where unknown. */
    static SortedSet<ComponentName> readAny(StagedPlugin plugin) throws IOException {
        List<String> lines = TextFile.readIfText(plugin.componentsFile());
        return lines.isEmpty() ? new TreeSet<>() : names(lines);
    }

    /** Writes the names, where that can be. */
    static void write(StagedPlugin plugin, String circumstances, SortedSet<ComponentName> components) {
        List<String> lines = new ArrayList<>(List.of(CIRCUMSTANCES + circumstances));
        components.forEach(component -> lines.add(component.kind().label() + " " + component.name()));
        try {
            TextFile.replace(plugin.componentsFile(), lines);
        } catch (IOException e) {
            // The names are right all the same; the next process loads the plugin to learn them.
            return;
        }
    }

    private static SortedSet<ComponentName> names(List<String> lines) {
        SortedSet<ComponentName> names = new TreeSet<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] kindAndName = line.split(" ", 2);
            Arrays.stream(ComponentKind.values())
                    .filter(kind -> kindAndName.length == 2 && kind.label().equals(kindAndName[0]))
                    .forEach(kind -> names.add(new ComponentName(kind, kindAndName[1])));
        }
        return names;
    }
}
