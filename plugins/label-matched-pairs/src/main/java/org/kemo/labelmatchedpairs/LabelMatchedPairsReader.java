package org.kemo.labelmatchedpairs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.labelmatchedpairs.Side.Candidate;

/**
 * Pairs each utterance of the first side with random ones of the same label from the other sides and the same split. Every
 * utterance of the first side is used as often as the others, or once more; the pairs are spread over the splits in proportion to its
 * utterances. The same options and data give the same pairs in the same order.
 */
final class LabelMatchedPairsReader implements DatasetReader {
    private final PairsOptions options;
    private final Corrupter corrupter;

    LabelMatchedPairsReader(PairsOptions options) {
        this.options = options;
        this.corrupter = new Corrupter(options.corruption());
    }

    @Override
    public Dataset read() {
        List<Side> sides = options.sources().entrySet().stream()
                .map(source -> Side.read(
                        Modality.of(source.getKey()),
                        source.getValue(),
                        options.align().getOrDefault(source.getKey(), Map.of()),
                        options.labels()))
                .toList();
        checkKinds(sides);
        List<String> notes = new ArrayList<>(Provenance.notes(sides, options.corruption()));
        List<String> problems = new ArrayList<>();
        for (Side side : sides) {
            notes.addAll(side.dataset().notes());
            problems.addAll(side.dataset().problems());
            problems.addAll(side.problems());
        }
        Map<Split, List<Pool>> pools = pools(sides, problems);
        Map<Split, List<Candidate>> leaders = leaders(pools, notes, problems);
        if (leaders.isEmpty()) {
            throw KemoException.input(
                    "There is nothing to pair: " + String.join(" ", problems),
                    "Let the sides have labels and splits in common; pairs never mix splits.");
        }
        return new Dataset(Provenance.name(sides), utterances(leaders, pools), notes, problems, true);
    }

    /** The splits of the first side that all sides have. */
    private static Map<Split, List<Pool>> pools(List<Side> sides, List<String> problems) {
        Map<Split, List<Pool>> pools = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<Pool> inSplit =
                    sides.stream().map(side -> new Pool(side, split)).toList();
            List<Modality> empty = inSplit.stream()
                    .filter(pool -> pool.all().isEmpty())
                    .map(Pool::modality)
                    .toList();
            if (empty.isEmpty()) {
                pools.put(split, inSplit);
            } else if (!inSplit.get(0).all().isEmpty()) {
                problems.add("The [" + inSplit.get(0).all().size() + "] utterances of ["
                        + sides.get(0).modality() + "] in the split [" + split + "] are left out: there are none of "
                        + empty + " in it.");
            }
        }
        return pools;
    }

    /** What the first side brings into the pairs of each split. */
    private Map<Split, List<Candidate>> leaders(
            Map<Split, List<Pool>> pools, List<String> notes, List<String> problems) {
        Map<Split, List<Candidate>> leaders = new EnumMap<>(Split.class);
        Map<String, Integer> unmatched = new TreeMap<>();
        pools.forEach((split, inSplit) -> {
            List<Candidate> kept = new ArrayList<>();
            for (Candidate candidate : inSplit.get(0).all()) {
                List<Modality> lacking = inSplit.stream()
                        .filter(pool -> !pool.has(candidate.label()))
                        .map(Pool::modality)
                        .toList();
                if (!lacking.isEmpty()) {
                    unmatched.merge(
                            "[" + candidate.label() + "] in " + lacking + ", split [" + split + "]", 1, Integer::sum);
                }
                if (lacking.isEmpty() || options.unmatched() == Unmatched.KEEP) {
                    kept.add(candidate);
                }
            }
            if (!kept.isEmpty()) {
                leaders.put(split, kept);
            }
        });
        unmatched.forEach((what, count) -> {
            if (options.unmatched() == Unmatched.KEEP) {
                notes.add("Nothing has the label " + what + ": the pairs of [" + count
                        + "] utterances are without that modality.");
            } else {
                problems.add("Nothing has the label " + what + ": [" + count + "] utterances are left out.");
            }
        });
        return leaders;
    }

    private List<Utterance> utterances(Map<Split, List<Candidate>> leaders, Map<Split, List<Pool>> pools) {
        Random random = new Random(options.seed());
        List<Utterance> utterances = new ArrayList<>();
        shares(leaders).forEach((split, count) -> {
            List<Candidate> round = new ArrayList<>(leaders.get(split));
            for (int i = 0; i < count; i++) {
                if (i % round.size() == 0) {
                    Collections.shuffle(round, random);
                }
                utterances.add(pair(utterances.size() + 1, round.get(i % round.size()), pools.get(split), random));
            }
        });
        return utterances;
    }

    private Utterance pair(int number, Candidate leader, List<Pool> pools, Random random) {
        Map<Modality, Candidate> pair = new LinkedHashMap<>();
        pair.put(pools.get(0).modality(), leader);
        for (Pool pool : pools.subList(1, pools.size())) {
            pool.draw(leader.label(), random).ifPresent(candidate -> pair.put(pool.modality(), candidate));
        }
        Map<Modality, Source> sources = corrupter.sources(pair, pools, random);
        String parts = pair.values().stream().map(Candidate::id).collect(Collectors.joining("+"));
        return new Utterance(
                number + ":" + parts, sources, Optional.of(leader.label()), leader.speaker(), leader.split());
    }

    /** The number of pairs of each split, in proportion to its leaders; what rounding leaves goes to the largest remainders. */
    private Map<Split, Integer> shares(Map<Split, List<Candidate>> leaders) {
        long all = leaders.values().stream().mapToLong(Collection::size).sum();
        Map<Split, Integer> shares = new EnumMap<>(Split.class);
        leaders.forEach(
                (split, candidates) -> shares.put(split, (int) ((long) options.pairs() * candidates.size() / all)));
        int left = options.pairs()
                - shares.values().stream().mapToInt(Integer::intValue).sum();
        leaders.keySet().stream()
                .sorted(Comparator.comparing((Split split) ->
                                (long) options.pairs() * leaders.get(split).size() % all)
                        .reversed())
                .limit(left)
                .forEach(split -> shares.merge(split, 1, Integer::sum));
        return shares;
    }

    private void checkKinds(List<Side> sides) {
        for (Side side : sides) {
            for (CorruptionKind kind :
                    options.corruption().kinds().getOrDefault(side.modality().name(), List.of())) {
                if (side.candidates().stream().noneMatch(candidate -> kind.fits(candidate.source()))) {
                    throw KemoException.configuration(
                            "The modality [" + side.modality() + "] cannot be spoiled by [" + kind.label()
                                    + "]: it is not a sound.",
                            "Use mismatch or drop, or cut for words.");
                }
            }
        }
    }
}
