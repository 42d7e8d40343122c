package org.kemo.runtime.configuration;

import java.util.List;
import java.util.Map;
import org.kemo.api.component.Option;

/**
 * The classes of a model.
 *
 * @param space the classes that it answers with
 * @param align for each modality, its own labels that are called otherwise in the space
 */
public record LabelsConfiguration(
        @Option("The classes that the model answers with") List<String> space,
        @Option(value = "For each modality: own label to label of the space", defaultValue = "{}")
                Map<String, Map<String, String>> align) {}
