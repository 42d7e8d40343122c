package org.kemo.runtime.training;

import java.util.function.BiPredicate;
import java.util.function.Function;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.configuration.Component;

/**
 * Where a training's utterances come from, and which of them it must not see: no stage trains or chooses on them.
 *
 * @param read reads a data set; several trainings over the same data may share what was read
 * @param scored the utterances of a data set that are scored
 * @param alike those that share with one that is scored what it could be known by
 */
public record TrainingData(
        Function<Component<DatasetReader>, Dataset> read,
        BiPredicate<Dataset, Utterance> scored,
        BiPredicate<Dataset, Utterance> alike) {
    /** All that a reader gives. */
    public TrainingData(Function<Component<DatasetReader>, Dataset> read) {
        this(read, (dataset, utterance) -> false, (dataset, utterance) -> false);
    }

    /** What the readers give, all of it. */
    public static TrainingData asConfigured() {
        return new TrainingData(component -> component.value().read());
    }
}
