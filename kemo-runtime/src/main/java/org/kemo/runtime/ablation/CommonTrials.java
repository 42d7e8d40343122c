package org.kemo.runtime.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.kemo.runtime.evaluation.Confusion;

/**
 * The trials that several variants have, each over the utterances that all of them scored: a variant that hears no words leaves out
 * what another is scored on. A trial without any such utterance is none of them, nor is one that some of the variants have no result of;
 * variants that are scored in different classes have none.
 */
final class CommonTrials {
    private final List<Scored> trials;
    private final int ofAny;
    private final boolean sameClasses;
    private final boolean whole;

    /** What the cells of one trial have alike. */
    private record Key(long seed, int fold, String dataset) {
        static Key of(Cell cell) {
            return new Key(cell.seed(), cell.fold(), cell.dataset());
        }
    }

    /**
     * What was scored in one of them.
     *
     * @param ids of the utterances
     * @param confusions of each variant, in their order
     * @param training how many utterances they trained on, at the least
     */
    private record Scored(Set<String> ids, List<Confusion> confusions, int training) {
        int n() {
            return confusions.get(0).n();
        }
    }

    private CommonTrials(List<Scored> trials, int ofAny, boolean sameClasses, boolean whole) {
        this.trials = trials;
        this.ofAny = ofAny;
        this.sameClasses = sameClasses;
        this.whole = whole;
    }

    /** Those of the cells of one variant or more. */
    static CommonTrials of(List<List<Cell>> variants) {
        Map<Key, List<Cell>> byTrial = variants.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Key::of, LinkedHashMap::new, Collectors.toList()));
        boolean sameClasses = variants.stream()
                        .flatMap(List::stream)
                        .map(cell -> Set.copyOf(cell.metrics().confusion().labels()))
                        .distinct()
                        .count()
                == 1;
        List<Scored> trials = new ArrayList<>();
        boolean whole = sameClasses;
        for (List<Cell> cells : byTrial.values()) {
            if (!sameClasses || cells.size() < variants.size()) {
                whole = false;
                continue;
            }
            Set<String> ids = ids(cells.get(0));
            boolean same = cells.stream().allMatch(cell -> ids(cell).equals(ids));
            cells.forEach(cell -> ids.retainAll(ids(cell)));
            whole &= same;
            if (!ids.isEmpty()) {
                trials.add(new Scored(
                        ids,
                        cells.stream()
                                .map(cell -> same ? cell.metrics().confusion() : confusion(cell, ids))
                                .toList(),
                        cells.stream().mapToInt(Cell::training).min().orElseThrow()));
            }
        }
        return new CommonTrials(trials, byTrial.size(), sameClasses, whole);
    }

    private static Set<String> ids(Cell cell) {
        return cell.answers().stream().map(Cell.Answer::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Confusion confusion(Cell cell, Set<String> ids) {
        List<String> labels = cell.metrics().confusion().labels();
        List<Cell.Answer> answers = cell.answers().stream()
                .filter(answer -> ids.contains(answer.id()))
                .toList();
        return Confusion.of(
                labels,
                answers.stream()
                        .mapToInt(answer -> labels.indexOf(answer.truth()))
                        .toArray(),
                answers.stream()
                        .mapToInt(answer -> labels.indexOf(answer.predicted()))
                        .toArray());
    }

    boolean isEmpty() {
        return trials.isEmpty();
    }

    /** Whether every variant has the same trials and scored the same utterances in each of them. */
    boolean isWhole() {
        return whole;
    }

    /** Whether every variant is scored in the same classes, in whatever order. */
    boolean isInSameClasses() {
        return sameClasses;
    }

    /** How many there are. */
    int count() {
        return trials.size();
    }

    /** How many trials there are that any of the variants has a result of. */
    int countOfAny() {
        return ofAny;
    }

    /** Whether there are several, each over the same utterances as the others. */
    boolean isRepetition() {
        return trials.size() > 1 && trials.stream().map(Scored::ids).distinct().count() == 1;
    }

    /** How many utterances they have, those of all trials together. */
    int scored() {
        return trials.stream().mapToInt(Scored::n).sum();
    }

    /** The size of the test sides over that of the training sides, of which in each trial the smallest of the variants counts. */
    double testShare() {
        return (double) scored() / trials.stream().mapToInt(Scored::training).sum();
    }

    /** A figure of the variant at that place, by trial. */
    double[] values(int variant, ToDoubleFunction<Confusion> figure) {
        return trials.stream()
                .mapToDouble(trial -> figure.applyAsDouble(trial.confusions().get(variant)))
                .toArray();
    }

    /** The mean accuracy of the variant at that place; NaN where there is no trial. */
    double accuracy(int variant) {
        return Arrays.stream(values(variant, Confusion::accuracy)).average().orElse(Double.NaN);
    }
}
