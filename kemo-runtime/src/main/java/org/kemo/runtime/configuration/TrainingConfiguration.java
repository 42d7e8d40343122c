package org.kemo.runtime.configuration;

import java.util.List;
import org.kemo.api.component.Option;
import org.kemo.api.training.TrainingEngine;

/**
 * How a model is trained: stage after stage, each training some of its parts while the others stay as they are.
 *
 * @param engine what computes the steps
 * @param stages in order
 */
public record TrainingConfiguration(
        @Option(value = "The training engine", defaultValue = "{type: torch}") Component<TrainingEngine> engine,
        @Option("The stages, in order") List<StageConfiguration> stages) {}
