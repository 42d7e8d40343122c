package org.kemo.runtime.ablation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.Modality;
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
    /**
     * Whether an utterance is one that is scored: an id tells utterances of one data set apart alone, so that the speaker has to be the same,
     * too, in whatever data set, or in one of that name all that the utterance offers.
     */
    BiPredicate<Dataset, Utterance> scores() {
        Map<String, Utterance> byId = new HashMap<>();
        scored.utterances().forEach(utterance -> byId.put(utterance.id(), utterance));
        return (dataset, utterance) -> Optional.ofNullable(byId.get(utterance.id()))
                .filter(same -> (same.speaker().isPresent() && same.speaker().equals(utterance.speaker()))
                        || (dataset.name().equals(scored.name())
                                && same.sources().equals(utterance.sources())))
                .isPresent();
    }

    /**
     * Whether an utterance shares with one that is scored what either is known by: a recording, whatever its file is called, or features;
     * and words, where one of the two has nothing else, or has them from somebody who paired them with its recording. Of recordings
     * that belong to their words many may say the same.
     */
    BiPredicate<Dataset, Utterance> resembles(FileSums sums) {
        Set<Object> recordings = new HashSet<>();
        Set<Source> words = new HashSet<>();
        Set<Source> telling = new HashSet<>();
        for (Utterance utterance : scored.utterances()) {
            recordings(utterance, sums).forEach(recordings::add);
            words(utterance).forEach(words::add);
            if (isKnownByItsWords(scored, utterance)) {
                words(utterance).forEach(telling::add);
            }
        }
        return (dataset, utterance) -> recordings(utterance, sums).anyMatch(recordings::contains)
                || words(utterance).anyMatch((isKnownByItsWords(dataset, utterance) ? words : telling)::contains);
    }

    /**
     * What has to be said where some of the utterances that were scored were trained on: the same recording and the same features, or, where
     * the model has words alone, the same words.
     *
     * @param modalities of the model
     * @param seen what was trained on
     * @param answered the ids of those that were scored
     */
    Optional<String> note(Collection<Modality> modalities, List<Utterance> seen, Set<String> answered, FileSums sums) {
        Set<String> contents = seen.stream()
                .flatMap(utterance -> utterance.sources().values().stream())
                .map(source -> UtteranceContent.of(source, sums))
                .collect(Collectors.toSet());
        long known = scored.utterances().stream()
                .filter(utterance -> answered.contains(utterance.id()))
                .filter(utterance -> telling(utterance, modalities)
                        .allMatch(source -> contents.contains(UtteranceContent.of(source, sums))))
                .count();
        return known == 0
                ? Optional.empty()
                : Optional.of("[" + known + "] of the [" + answered.size() + "] scored utterances of [" + scored.name()
                        + "] were trained on.");
    }

    /** The sources that tell a model an utterance from others: many may say the same words. */
    private static Stream<Source> telling(Utterance utterance, Collection<Modality> modalities) {
        List<Source> read = modalities.stream()
                .flatMap(modality -> utterance.source(modality).stream())
                .toList();
        List<Source> heard =
                read.stream().filter(source -> !(source instanceof Source.Text)).toList();
        return (heard.isEmpty() ? read : heard).stream();
    }

    private static boolean isKnownByItsWords(Dataset dataset, Utterance utterance) {
        return dataset.paired() || heard(utterance).findAny().isEmpty();
    }

    private static Stream<Source> words(Utterance utterance) {
        return utterance.sources().values().stream().filter(source -> source instanceof Source.Text);
    }

    private static Stream<Source> heard(Utterance utterance) {
        return utterance.sources().values().stream().filter(source -> !(source instanceof Source.Text));
    }

    private static Stream<Object> recordings(Utterance utterance, FileSums sums) {
        return heard(utterance).map(source -> recording(source, sums));
    }

    /** However a file was changed since, it is the same recording. */
    private static Object recording(Source source, FileSums sums) {
        if (source instanceof Source.AudioFile file) {
            return sum(file.path(), sums);
        }
        return source instanceof Source.Sound ? UtteranceContent.of(source, sums) : source;
    }

    /** The name of one that cannot be read, which is said when it is prepared. */
    private static String sum(Path file, FileSums sums) {
        try {
            return sums.of(file);
        } catch (IOException unreadable) {
            return file.toString();
        }
    }
}
