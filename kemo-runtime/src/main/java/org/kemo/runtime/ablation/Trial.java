package org.kemo.runtime.ablation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;

/**
 * One seed and one fold over one data set: what is scored, and so must not be trained on.
 *
 * @param seed of the trial
 * @param fold from 0
 * @param scored the utterances of the test side
 */
record Trial(long seed, int fold, Dataset scored) {
    /** Whether training must not see an utterance: it is scored, or shares a recording or its words with one that is. */
    static java.util.function.Predicate<Utterance> heldOut(Dataset scored) {
        Set<String> ids = scored.utterances().stream().map(Utterance::id).collect(Collectors.toSet());
        Set<Object> contents = scored.utterances().stream()
                .flatMap(utterance -> contents(utterance).stream())
                .collect(Collectors.toSet());
        return utterance ->
                ids.contains(utterance.id()) || contents(utterance).stream().anyMatch(contents::contains);
    }

    private static List<Object> contents(Utterance utterance) {
        return utterance.sources().values().stream()
                .filter(source -> source instanceof Source.AudioFile || source instanceof Source.Text)
                .map(source -> source instanceof Source.AudioFile file ? (Object) file.path() : source)
                .toList();
    }
}
