package org.kemo.runtime.configuration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kemo.api.KemoException;
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
        @Option("The stages, in order") List<StageConfiguration> stages) {
    /** Checks that there are stages, and that their names tell them apart. */
    public TrainingConfiguration {
        if (stages.isEmpty()) {
            throw KemoException.configuration("There are no stages.", "Name at least one under train.stages.");
        }
        Set<String> names = new HashSet<>();
        for (StageConfiguration stage : stages) {
            if (!names.add(stage.name())) {
                throw KemoException.configuration(
                        "Two stages have the name [" + stage.name() + "].", "Give each a name of its own.");
            }
        }
    }
}
