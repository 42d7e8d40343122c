package org.kemo.runtime.ablation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.UtteranceContent;

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

    /**
     * What has to be said where some of the utterances that were scored were trained on: the same recording and the same features, or, where
     * there are words alone, the same words.
     *
     * @param seen what was trained on
     * @param answered the ids of those that were scored
     */
    Optional<String> note(List<Utterance> seen, Set<String> answered, FileSums sums) {
        Set<String> contents = seen.stream()
                .flatMap(utterance -> utterance.sources().values().stream())
                .map(source -> UtteranceContent.of(source, sums))
                .collect(Collectors.toSet());
        long known = scored.utterances().stream()
                .filter(utterance -> answered.contains(utterance.id()))
                .filter(utterance ->
                        telling(utterance).allMatch(source -> contents.contains(UtteranceContent.of(source, sums))))
                .count();
        return known == 0
                ? Optional.empty()
                : Optional.of("[" + known + "] of the [" + answered.size() + "] scored utterances of [" + scored.name()
                        + "] were trained on.");
    }

    /** The sources that tell an utterance from others: many may say the same words. */
    private static Stream<Source> telling(Utterance utterance) {
        List<Source> heard = utterance.sources().values().stream()
                .filter(source -> !(source instanceof Source.Text))
                .toList();
        return heard.isEmpty() ? utterance.sources().values().stream() : heard.stream();
    }

    private static List<Object> contents(Utterance utterance) {
        return utterance.sources().values().stream()
                .filter(source -> source instanceof Source.AudioFile || source instanceof Source.Text)
                .map(source -> source instanceof Source.AudioFile file ? (Object) file.path() : source)
                .toList();
    }
}
