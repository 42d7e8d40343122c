package org.kemo.runtime.configuration;

import java.nio.file.Path;
import java.util.Optional;
import org.kemo.api.component.Option;

/**
 * Where results of frozen steps are kept.
 *
 * @param folder made where it does not exist; empty for {@code kemo} in the user's folder for caches
 */
public record CacheConfiguration(
        @Option(value = "The folder; null for kemo in the user's folder for caches", defaultValue = "null")
                Optional<Path> folder) {}
