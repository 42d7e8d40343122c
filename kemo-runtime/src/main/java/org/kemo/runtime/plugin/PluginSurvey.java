package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.text.NearestName;
import org.pf4j.PluginDependency;

/**
 * One look at the plugins folders: finds every archive, unpacks those that are new and may load, and learns which components
 * they bring, with everything that is wrong. It throws nothing for a plugin that is broken, so that all problems come to light
 * at once.
 */
final class PluginSurvey {
    /** In what a survey differs from that of a start. */
    enum Option {
        /** Reads every archive anew instead of trusting the sums that are remembered. */
        SUM_AGAIN,
        /** Lets plugins pass that the lock does not list. */
        IGNORE_LOCK
    }

    private final PluginSettings settings;
    private final LoadedPlugins loaded;
    private final String apiVersion;
    private final Set<Option> options;
    private final StagingArea staging;
    private final RememberedSums sums;
    private final List<KemoException> general = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, StagedPlugin> usable = new HashMap<>();
    private final SortedMap<ComponentName, String> components = new TreeMap<>();

    private PluginSurvey(PluginSettings settings, LoadedPlugins loaded, String apiVersion, Set<Option> options)
            throws IOException {
        this.settings = settings;
        this.loaded = loaded;
        this.apiVersion = apiVersion;
        this.options = options;
        this.staging = StagingArea.open(settings.staging());
        this.sums = options.contains(Option.SUM_AGAIN) ? staging.forgottenSums() : staging.sums();
    }

    /**
     * Looks at the folders.
     *
     * @param loaded loads the plugins whose components are not known yet
     * @throws KemoException category PLUGIN, where the staging area cannot be used
     */
    static PluginSurvey of(PluginSettings settings, LoadedPlugins loaded, String apiVersion, Option... options) {
        try {
            PluginSurvey survey = new PluginSurvey(settings, loaded, apiVersion, Set.of(options));
            survey.run();
            survey.sums.save();
            return survey;
        } catch (IOException | UncheckedIOException e) {
            throw StagingArea.unusable(settings.staging(), e);
        }
    }

    /** Every plugin, by id. */
    List<PluginInfo> plugins() {
        return findings.stream()
                .map(Finding::info)
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** All that is wrong, first what belongs to no one plugin. */
    List<KemoException> problems() {
        List<KemoException> problems = new ArrayList<>(general);
        findings.forEach(finding -> problems.addAll(finding.problems()));
        return problems;
    }

    /** What was found, for questions that the others do not answer. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The plugins that can be loaded, by id. */
    Map<String, StagedPlugin> usable() {
        return Map.copyOf(usable);
    }

    /** The id of the plugin that brings a component. */
    SortedMap<ComponentName, String> components() {
        return components;
    }

    private void run() throws IOException {
        Optional<PluginLock> lock = readLock();
        ArchiveExamination examination =
                new ArchiveExamination(settings.limits(), apiVersion, disabledIds(), lock, staging, sums);
        for (Path archive : archives()) {
            Finding finding = new Finding(archive);
            findings.add(finding);
            examination.examine(finding);
        }
        blameDuplicates();
        checkNames(lock);
        learnComponents();
        blameConflicts();
    }

    private Set<String> disabledIds() {
        Set<String> disabled = new HashSet<>(new DisabledList(settings.disabledFile()).ids());
        disabled.addAll(settings.disabled());
        return disabled;
    }

    private Optional<PluginLock> readLock() {
        return Optional.of(settings.lockFile())
                .filter(file -> !options.contains(Option.IGNORE_LOCK) && Files.exists(file))
                .map(PluginLock::read);
    }

    private List<Path> archives() {
        List<Path> archives = new ArrayList<>();
        for (Path folder : settings.folders()) {
            if (!Files.isDirectory(folder)) {
                general.add(KemoException.plugin(
                        "The plugins folder [" + folder + "] does not exist.", "Make it, or name another one."));
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    if (isArchive(file)) {
                        archives.add(file);
                    } else if (Files.exists(file.resolve(DescriptorReader.PROPERTIES))) {
                        general.add(KemoException.plugin(
                                "Folder [" + file + "] is a plugin that is not packed, and it is not loaded.",
                                "Pack it as a zip, or move it out of the plugins folder."));
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                general.add(KemoException.plugin(
                                "The plugins folder [" + folder + "] cannot be read: [" + e + "].",
                                "Check its permissions, or name another one.")
                        .causedBy(e));
            }
        }
        return archives;
    }

    private static boolean isArchive(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".zip") || name.endsWith(".jar"));
    }

    private void blameDuplicates() {
        Map<String, List<Finding>> byId = new LinkedHashMap<>();
        findings.stream()
                .filter(finding -> finding.descriptor().isPresent() && !finding.disabled())
                .forEach(finding -> byId.computeIfAbsent(finding.id(), id -> new ArrayList<>())
                        .add(finding));
        byId.forEach((id, same) -> {
            if (same.size() > 1) {
                List<Path> files = same.stream().map(Finding::archive).toList();
                same.forEach(finding -> finding.blame(KemoException.plugin(
                        "Plugin [" + id + "] is there more than once: " + files + ".", "Keep one of them.")));
            }
        });
    }

    /** Names that stand in the configuration or in the lock and belong to no plugin. */
    private void checkNames(Optional<PluginLock> lock) {
        Map<String, Finding> present = new TreeMap<>();
        findings.forEach(finding -> present.put(finding.id(), finding));
        for (String id : new TreeSet<>(settings.disabled())) {
            if (!present.containsKey(id)) {
                general.add(KemoException.configuration(
                        "The configuration disables plugin [" + id + "], which is not there.",
                        NearestName.among(present.keySet()).suggestion(id)));
            }
        }
        lock.ifPresent(list -> general.addAll(list.missing(present)));
    }

    private void learnComponents() throws IOException {
        DependencyCheck dependencies = new DependencyCheck(findings);
        for (Finding finding : dependencies.order()) {
            dependencies.blameForBroken(finding);
            if (finding.broken()) {
                continue;
            }
            StagedPlugin plugin = finding.staged().orElseThrow();
            usable.put(plugin.id(), plugin);
            try {
                finding.bring(components(plugin));
            } catch (KemoException e) {
                finding.blame(e);
                usable.remove(plugin.id());
            }
        }
    }

    private SortedSet<ComponentName> components(StagedPlugin plugin) throws IOException {
        String circumstances = circumstances(plugin);
        Optional<SortedSet<ComponentName>> known = ComponentIndex.read(plugin, circumstances);
        if (known.isPresent()) {
            return known.get();
        }
        SortedSet<ComponentName> found =
                new TreeSet<>(loaded.load(plugin.id(), usable).keySet());
        ComponentIndex.write(plugin, circumstances, found);
        return found;
    }

    /** All that can change whether a plugin loads, beside itself. */
    private String circumstances(StagedPlugin plugin) {
        StringBuilder text = new StringBuilder("kemo-api ").append(apiVersion);
        text.append(PluginLayer.host().isPresent() ? " in layers" : " on the class path");
        for (PluginDependency dependency : plugin.descriptor().getDependencies()) {
            text.append(' ').append(usable.get(dependency.getPluginId()).sha256());
        }
        return text.toString();
    }

    private void blameConflicts() {
        Map<ComponentName, List<Finding>> bringers = new TreeMap<>();
        for (Finding finding : findings) {
            if (!finding.disabled()) {
                finding.components().forEach(name -> bringers.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(finding));
            }
        }
        bringers.forEach((name, plugins) -> {
            components.put(name, plugins.get(0).id());
            if (plugins.size() > 1) {
                List<String> ids = plugins.stream().map(Finding::id).toList();
                plugins.forEach(finding -> finding.blame(KemoException.plugin(
                        "Plugins " + ids + " bring the same component, " + name + ".",
                        "Disable all but one of them.")));
            }
        });
    }
}
