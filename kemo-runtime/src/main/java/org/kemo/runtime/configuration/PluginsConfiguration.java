package org.kemo.runtime.configuration;

import java.nio.file.Path;
import java.util.List;
import org.kemo.api.component.Option;

/**
 * Where plugins lie and which are left out.
 *
 * @param folders folders with plugin archives, besides the one that comes with Kemo and a person's own
 * @param disabled ids of plugins that are not loaded
 */
public record PluginsConfiguration(
        @Option(
                        value = "Folders with plugin archives, besides the one that comes with Kemo and your own",
                        defaultValue = "[]")
                List<Path> folders,
        @Option(value = "Ids of plugins that are not loaded", defaultValue = "[]") List<String> disabled) {}
