package org.kemo.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;

/**
 * Where Kemo lies on this machine.
 *
 * @param distribution what the build made: {@code modules}, {@code log}, {@code lib}, {@code plugins}, {@code native}
 * @param project what a person edits and what ships with it: {@code config}, {@code examples}
 * @param cache what can be made again: unpacked plugins, results of frozen steps
 * @param userPlugins a person's own plugins, and what {@code kemo plugins} writes
 */
public record KemoHome(Path distribution, Path project, Path cache, Path userPlugins) {
    /** The system property that names the distribution. */
    public static final String DISTRIBUTION_PROPERTY = "kemo.home";

    /** The system property that names the project; the distribution where it is not set. */
    public static final String PROJECT_PROPERTY = "kemo.project";

    /**
     * The places that the launcher and the environment name. The cache is {@code kemo} in {@code XDG_CACHE_HOME} or {@code ~/.cache},
     * a person's plugins are {@code kemo/plugins} in {@code XDG_CONFIG_HOME} or {@code ~/.config}; {@code ~} is {@code HOME}, and what Java
     * knows of the account where that is not set.
     *
     * @param properties {@link System#getProperties()}
     * @param variables {@link System#getenv()}
     * @throws KemoException category CONFIGURATION, where the property {@value #DISTRIBUTION_PROPERTY} names no folder, or the account's
     *     own folder is needed and not known
     */
    public static KemoHome find(Map<?, ?> properties, Map<String, String> variables) {
        Object named = properties.get(DISTRIBUTION_PROPERTY);
        if (named == null || !Files.isDirectory(Path.of(named.toString()))) {
            throw KemoException.configuration(
                    "The system property " + DISTRIBUTION_PROPERTY + " is [" + (named == null ? "" : named)
                            + "], which is no folder.",
                    "Start Kemo with kemo-runtime/bin/kemo, or set it to the folder that the build made.");
        }
        Path distribution = Path.of(named.toString()).toAbsolutePath().normalize();
        Object project = properties.get(PROJECT_PROPERTY);
        return new KemoHome(
                distribution,
                project == null
                        ? distribution
                        : Path.of(project.toString()).toAbsolutePath().normalize(),
                base("XDG_CACHE_HOME", ".cache", properties, variables).resolve("kemo"),
                base("XDG_CONFIG_HOME", ".config", properties, variables).resolve("kemo/plugins"));
    }

    private static Path base(String variable, String otherwise, Map<?, ?> properties, Map<String, String> variables) {
        return absolute(variables.get(variable)).orElseGet(() -> absolute(variables.get("HOME"))
                .or(() -> absolute(properties.get("user.home")))
                .orElseThrow(() -> KemoException.configuration(
                        "The folder of this account is [" + properties.get("user.home")
                                + "], which is no absolute path.",
                        "Set HOME or " + variable + " to one."))
                .resolve(otherwise));
    }

    /** As the XDG specification says: a relative path there is to be ignored. */
    private static Optional<Path> absolute(Object written) {
        return Optional.ofNullable(written)
                .map(path -> Path.of(path.toString()))
                .filter(Path::isAbsolute);
    }

    /** Plugins that come with Kemo. */
    public Path shippedPlugins() {
        return distribution.resolve("plugins");
    }
}
