package org.kemo.runtime.configuration;

import java.nio.file.Path;
import java.util.Optional;
import org.kemo.api.component.Option;

/**
 * Where pretrained models are kept that were fetched.
 *
 * @param folder made where it does not exist; empty for {@code kemo/models} in the user's folder for caches
 */
public record ModelsConfiguration(
        @Option(value = "The folder; null for kemo/models in the user's folder for caches", defaultValue = "null")
                Optional<Path> folder) {}
