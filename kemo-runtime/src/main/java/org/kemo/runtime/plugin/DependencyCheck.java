package org.kemo.runtime.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.text.NearestName;
import org.pf4j.DefaultVersionManager;
import org.pf4j.DependencyResolver;
import org.pf4j.DependencyResolver.WrongDependencyVersion;

/** Blames plugins whose dependencies are missing, of another version, broken or circular, and orders the others. */
final class DependencyCheck {
    private final Map<String, Finding> enabled = new HashMap<>();
    private final Map<String, Finding> resolvable = new HashMap<>();
    private final Set<String> disabled = new HashSet<>();

    /** @param findings all that were found, with a descriptor or without */
    DependencyCheck(Collection<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.disabled()) {
                disabled.add(finding.id());
            } else if (finding.descriptor().isPresent()) {
                enabled.put(finding.id(), finding);
            }
        }
        resolvable.putAll(enabled);
        resolvable.values().removeIf(Finding::broken);
    }

    /** The plugins in an order in which each comes after those that it depends on; those that are broken are left out. */
    List<Finding> order() {
        blameCircles();
        DependencyResolver resolver = new DependencyResolver(new DefaultVersionManager());
        DependencyResolver.Result result = resolver.resolve(resolvable.values().stream()
                .flatMap(finding -> finding.descriptor().stream())
                .toList());
        for (String missing : result.getNotFoundDependencies()) {
            resolver.getDependents(missing).forEach(dependent -> blameMissing(dependent, missing));
        }
        result.getWrongVersionDependencies().forEach(this::blameVersion);
        List<Finding> ordered = new ArrayList<>();
        for (String id : result.getSortedPlugins()) {
            if (resolvable.containsKey(id)) {
                ordered.add(resolvable.get(id));
            }
        }
        return ordered;
    }

    /** Blames a plugin one of whose dependencies is broken; to be asked in order, once the dependency was looked at. */
    void blameForBroken(Finding finding) {
        for (String dependency : finding.dependencies()) {
            Finding needed = enabled.get(dependency);
            if (needed != null && needed.broken()) {
                finding.blame(KemoException.plugin(
                        "Plugin [" + finding.id() + "] depends on plugin [" + dependency + "], which is broken.",
                        "Mend that one first: " + needed.problems().get(0).getMessage()));
            }
        }
    }

    private void blameMissing(String dependent, String missing) {
        if (enabled.containsKey(missing)) {
            return; // It is there but broken, which blameForBroken says.
        }
        String remedy = disabled.contains(missing)
                ? "It is disabled: run kemo plugins enable " + missing + ", or disable " + dependent + " too."
                : NearestName.among(enabled.keySet()).suggestion(missing)
                        + " Put it into the plugins folder, or disable " + dependent + ".";
        enabled.get(dependent)
                .blame(KemoException.plugin(
                        "Plugin [" + dependent + "] depends on plugin [" + missing + "], which is not there.", remedy));
    }

    private void blameVersion(WrongDependencyVersion wrong) {
        enabled.get(wrong.getDependentId())
                .blame(KemoException.plugin(
                        "Plugin [" + wrong.getDependentId() + "] depends on plugin [" + wrong.getDependencyId()
                                + "] in version [" + wrong.getRequiredVersion() + "], but version ["
                                + wrong.getExistingVersion() + "] is there.",
                        "Install versions of the two that fit together."));
    }

    /** PF4J says that there is a circle, not who is in it: those that depend on one of them and that one of them depends on. */
    private void blameCircles() {
        Set<String> circle = new TreeSet<>(resolvable.keySet());
        for (int before = circle.size() + 1; circle.size() < before; ) {
            before = circle.size();
            circle = inside(circle);
        }
        for (String id : circle) {
            enabled.get(id)
                    .blame(KemoException.plugin(
                            "Plugins " + circle + " depend on each other in a circle.",
                            "Disable one of them; its author has to take the circle apart."));
        }
        resolvable.keySet().removeAll(circle);
    }

    private Set<String> inside(Set<String> ids) {
        Set<String> needed = new HashSet<>();
        ids.forEach(id -> needed.addAll(resolvable.get(id).dependencies()));
        return ids.stream()
                .filter(id -> needed.contains(id)
                        && resolvable.get(id).dependencies().stream().anyMatch(ids::contains))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
