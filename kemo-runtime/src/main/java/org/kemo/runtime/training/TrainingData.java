package org.kemo.runtime.training;

import java.util.function.Function;
import java.util.function.Predicate;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.configuration.Component;

/**
 * Where a training's utterances come from, and which of them it must not see.
 *
 * @param read reads a data set; several trainings over the same data may share what was read
 * @param heldOut the utterances that no stage may train or choose on
 */
public record TrainingData(Function<Component<DatasetReader>, Dataset> read, Predicate<Utterance> heldOut) {
    /** What the readers give, all of it. */
    public static TrainingData asConfigured() {
        return new TrainingData(component -> component.value().read(), utterance -> false);
    }
}
