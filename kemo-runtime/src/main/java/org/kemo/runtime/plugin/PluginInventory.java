package org.kemo.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.kemo.runtime.plugin.PluginSurvey.Option;
import org.kemo.runtime.text.NearestName;

/**
 * What {@code kemo plugins} shows and changes. Unlike {@link PluginHost} it also works where plugins are broken. Every call looks
 * at the folders again.
 */
public final class PluginInventory {
    private final PluginSettings settings;
    private final HostServices services;

    /**
     * @param settings where plugins are
     * @param services for the constructors of those whose components are not known yet
     */
    public PluginInventory(PluginSettings settings, HostServices services) {
        this.settings = settings;
        this.services = services;
    }

    /** Every plugin, by id; those that are broken say why. */
    public List<PluginInfo> list() {
        return survey().plugins();
    }

    /**
     * Everything that is wrong, also what belongs to no one plugin; empty where the host would start. Reads every archive from its
     * first byte to its last.
     */
    public List<KemoException> check() {
        return survey(Option.SUM_AGAIN).problems();
    }

    /**
     * Switches a plugin on, and those that it depends on. Where it turns out to be broken, all stays as it was.
     *
     * @return the ids that were switched on, sorted; empty where they were already
     * @throws KemoException category CONFIGURATION, where there is no such plugin or the configuration disables it; category
     *     PLUGIN, where it is broken
     */
    public List<String> enable(String id) {
        PluginSurvey before = survey();
        Set<String> wanted = withDependencies(find(id, before), before);
        wanted.stream().filter(settings.disabled()::contains).findFirst().ifPresent(fixed -> {
            throw KemoException.configuration(
                    "Plugin [" + fixed + "] is disabled by the configuration.",
                    "Take it out of [host.plugins.disabled] there.");
        });
        Set<String> old = disabled().ids();
        Set<String> changed = new TreeSet<>(wanted);
        changed.retainAll(old);
        Set<String> left = new TreeSet<>(old);
        left.removeAll(changed);
        disabled().replace(left);
        List<KemoException> problems = survey().findings().stream()
                .filter(finding -> wanted.contains(finding.id()))
                .flatMap(finding -> finding.problems().stream())
                .toList();
        if (!problems.isEmpty()) {
            disabled().replace(old);
            throw problems.get(0);
        }
        return List.copyOf(changed);
    }

    /**
     * Switches a plugin off.
     *
     * @return whether it was on
     * @throws KemoException category CONFIGURATION, where there is no such plugin, or one that is enabled depends on it
     */
    public boolean disable(String id) {
        PluginSurvey survey = survey();
        find(id, survey);
        List<String> dependents = survey.findings().stream()
                .filter(finding -> !finding.disabled() && finding.dependencies().contains(id))
                .map(Finding::id)
                .toList();
        if (!dependents.isEmpty()) {
            throw KemoException.configuration(
                    "Plugin [" + id + "] is needed by " + dependents + ".", "Disable those first.");
        }
        Set<String> off = disabled().ids();
        boolean changed = off.add(id);
        disabled().replace(off);
        return changed;
    }

    /**
     * Writes the list of the plugins that may load from now on: all that are enabled, with the sums that they have now.
     *
     * @return the file
     * @throws KemoException category PLUGIN, where one is broken
     */
    public Path lock() {
        PluginSurvey survey = survey(Option.SUM_AGAIN, Option.IGNORE_LOCK);
        survey.problems().stream().findFirst().ifPresent(problem -> {
            throw problem;
        });
        List<PluginInfo> enabled = survey.plugins().stream()
                .filter(plugin -> plugin.state() == PluginInfo.State.ENABLED)
                .toList();
        Path file = settings.lockFile();
        PluginLock.write(file, enabled);
        return file;
    }

    private DisabledList disabled() {
        return new DisabledList(settings.disabledFile());
    }

    private PluginSurvey survey(Option... options) {
        try (LoadedPlugins loaded = new LoadedPlugins(services, ApiVersion.current())) {
            return PluginSurvey.of(settings, loaded, ApiVersion.current(), options);
        }
    }

    private static Finding find(String id, PluginSurvey survey) {
        return survey.findings().stream()
                .filter(finding ->
                        finding.descriptor().isPresent() && finding.id().equals(id))
                .findFirst()
                .orElseThrow(() -> KemoException.configuration(
                        "There is no plugin [" + id + "].",
                        NearestName.among(survey.findings().stream()
                                        .filter(finding -> finding.descriptor().isPresent())
                                        .map(Finding::id)
                                        .toList())
                                .suggestion(id)));
    }

    private static Set<String> withDependencies(Finding wanted, PluginSurvey survey) {
        Set<String> ids = new TreeSet<>(List.of(wanted.id()));
        for (int before = 0; ids.size() > before; ) {
            before = ids.size();
            survey.findings().stream()
                    .filter(finding -> ids.contains(finding.id()))
                    .flatMap(finding -> finding.dependencies().stream())
                    .toList()
                    .forEach(ids::add);
        }
        return ids;
    }
}
