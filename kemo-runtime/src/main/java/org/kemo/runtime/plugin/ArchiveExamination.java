package org.kemo.runtime.plugin;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginDescriptor;

/**
 * Takes one archive as far as it goes without loading a class: what it is, whether it may load here, and where it lies unpacked.
 * Of a disabled plugin no more is read than its id.
 */
final class ArchiveExamination {
    private final ArchiveLimits limits;
    private final String apiVersion;
    private final Set<String> disabled;
    private final Optional<PluginLock> lock;
    private final StagingArea staging;
    private final RememberedSums sums;
    private final DescriptorReader descriptors = new DescriptorReader();

    /**
     * @param apiVersion of the kemo-api that plugins meet here
     * @param disabled ids that are not to load
     * @param lock the list of those that may, where there is one
     * @param sums those of archives that need not be read again; others are put there
     */
    ArchiveExamination(
            ArchiveLimits limits,
            String apiVersion,
            Set<String> disabled,
            Optional<PluginLock> lock,
            StagingArea staging,
            RememberedSums sums) {
        this.limits = limits;
        this.apiVersion = apiVersion;
        this.disabled = disabled;
        this.lock = lock;
        this.staging = staging;
        this.sums = sums;
    }

    /** Fills in what is found out, and blames the archive for what is wrong. */
    void examine(Finding finding) {
        try {
            Optional<StagedPlugin> known = known(finding);
            if (known.isPresent()) {
                take(finding, known.get());
            } else {
                unpack(finding);
            }
            finding.staged().ifPresent(staging::touch);
        } catch (KemoException e) {
            finding.blame(e);
        } catch (IOException | RuntimeException e) {
            // What is broken in an archive comes to light as many kinds of exception.
            finding.blame(KemoException.plugin(
                            "Plugin archive [" + finding.archive() + "] cannot be read: [" + e + "].",
                            "Check its permissions, or copy it again, or remove it from the plugins folder.")
                    .causedBy(e));
        }
    }

    private Optional<StagedPlugin> known(Finding finding) throws IOException {
        Optional<String> sum = sums.find(finding.archive());
        if (sum.isEmpty()) {
            return Optional.empty();
        }
        finding.sum(sum.get());
        return staging.find(sum.get());
    }

    private void take(Finding finding, StagedPlugin plugin) throws IOException {
        finding.describe(plugin.descriptor());
        if (disabled.contains(finding.id())) {
            finding.disable();
            finding.bring(ComponentIndex.readAny(plugin));
            return;
        }
        checkRequirements(finding, plugin.descriptor(), plugin.sha256());
        finding.stage(plugin);
    }

    private void unpack(Finding finding) throws IOException {
        String stamp = RememberedSums.stamp(finding.archive());
        try (PluginArchive archive = PluginArchive.open(finding.archive(), limits)) {
            PluginDescriptor descriptor = descriptors.read(archive, finding.id());
            finding.describe(descriptor);
            if (disabled.contains(finding.id())) {
                finding.disable();
                return;
            }
            descriptors.check(descriptor);
            String sum = archive.sha256();
            finding.sum(sum);
            checkRequirements(finding, descriptor, sum);
            finding.stage(staging.stage(archive, sum, descriptor));
            sums.put(stamp, sum);
        }
    }

    private void checkRequirements(Finding finding, PluginDescriptor descriptor, String sum) {
        lock.flatMap(list -> list.refusal(finding.id(), descriptor.getVersion(), sum))
                .ifPresent(refusal -> {
                    throw refusal;
                });
        if (!new DefaultVersionManager().checkVersionConstraint(apiVersion, descriptor.getRequires())) {
            throw KemoException.plugin(
                    "Plugin [" + finding.id() + "] needs kemo-api [" + descriptor.getRequires() + "] but this is ["
                            + apiVersion + "].",
                    "Install a version of the plugin that fits, or another Kemo, or run kemo plugins disable "
                            + finding.id() + ".");
        }
    }
}
