package org.kemo.runtime.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/** What a {@link PluginSurvey} has found out about one archive so far; lives as long as the survey. */
final class Finding {
    private final Path archive;
    private final List<KemoException> problems = new ArrayList<>();
    private Optional<PluginDescriptor> descriptor = Optional.empty();
    private Optional<String> sha256 = Optional.empty();
    private Optional<StagedPlugin> staged = Optional.empty();
    private SortedSet<ComponentName> components = new TreeSet<>();
    private boolean disabled;

    Finding(Path archive) {
        this.archive = archive;
    }

    Path archive() {
        return archive;
    }

    /** Its id, or the name of the file where that is all that is known. */
    String id() {
        return descriptor.map(PluginDescriptor::getPluginId).orElseGet(() -> archive.getFileName()
                .toString());
    }

    Optional<PluginDescriptor> descriptor() {
        return descriptor;
    }

    void describe(PluginDescriptor found) {
        descriptor = Optional.of(found);
    }

    void sum(String found) {
        sha256 = Optional.of(found);
    }

    Optional<StagedPlugin> staged() {
        return staged;
    }

    void stage(StagedPlugin found) {
        staged = Optional.of(found);
    }

    SortedSet<ComponentName> components() {
        return components;
    }

    void bring(SortedSet<ComponentName> found) {
        components = found;
    }

    boolean disabled() {
        return disabled;
    }

    void disable() {
        disabled = true;
    }

    /** The ids of the plugins that it depends on. */
    List<String> dependencies() {
        return descriptor.map(PluginDescriptor::getDependencies).orElse(List.of()).stream()
                .map(PluginDependency::getPluginId)
                .toList();
    }

    void blame(KemoException problem) {
        problems.add(problem);
    }

    boolean broken() {
        return !problems.isEmpty();
    }

    List<KemoException> problems() {
        return Collections.unmodifiableList(problems);
    }

    PluginInfo info() {
        PluginInfo.State state =
                broken() ? PluginInfo.State.BROKEN : disabled ? PluginInfo.State.DISABLED : PluginInfo.State.ENABLED;
        return new PluginInfo(
                id(),
                descriptor.map(PluginDescriptor::getVersion).orElse(""),
                state,
                Collections.unmodifiableSortedSet(components),
                archive,
                sha256,
                problems);
    }
}
