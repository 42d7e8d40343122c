package org.kemo.runtime.training;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One utterance of the training data in all its versions.
 *
 * @param all the original first
 */
record Versions(List<Example> all) {
    Versions {
        all = List.copyOf(all);
    }

    /** The utterance as it is. */
    static Versions of(Example original) {
        return new Versions(List.of(original));
    }

    Example original() {
        return all.get(0);
    }

    /** One of the versions, each as likely. */
    Example draw(SplittableRandom random) {
        return all.size() == 1 ? original() : all.get(random.nextInt(all.size()));
    }
}
