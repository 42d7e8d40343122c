package org.kemo.runtime.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.configuration.StageConfiguration.Grouping;

/**
 * Holds a share of utterances out, to choose on. The same utterances in the same order and the same seed give the same sides.
 *
 * <p>By speaker, whole speakers are drawn, and each is held out where that comes nearer to the share than leaving it; where every one is
 * too large, the one with the fewest utterances is held out, and at least one stays. Utterances whose speaker is not known are held out one
 * by one. By utterance, and for those, each label gives its share; what is left over by rounding goes to the labels with the largest
 * remainders.
 *
 * @param share of the utterances, above 0 and below 1
 * @param grouping whole speakers or single utterances
 * @param seed for the drawing
 */
public record HoldOut(double share, Grouping grouping, long seed) {
    /** Checks the share. */
    public HoldOut {
        if (!(share > 0 && share < 1)) {
            throw KemoException.configuration(
                    "The share [" + share + "] to hold out leaves nothing on one side.",
                    "Give a number above 0 and below 1, for example 0.1.");
        }
    }

    /**
     * The two sides, each in the order of the utterances given.
     *
     * @param kept what stays, not empty
     * @param heldOut what is held out, not empty
     */
    public record Sides(List<Utterance> kept, List<Utterance> heldOut) {
        /** Copies the lists. */
        public Sides {
            kept = List.copyOf(kept);
            heldOut = List.copyOf(heldOut);
        }
    }

    /**
     * Parts the utterances.
     *
     * @param utterances with distinct ids
     * @throws KemoException category INPUT, where there is a single speaker to part by, or too few utterances
     */
    public Sides part(List<Utterance> utterances) {
        // What a Random draws first is nearly the same for all small seeds.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        Set<String> heldOut = new HashSet<>();
        List<Utterance> single = utterances;
        if (grouping == Grouping.SPEAKER) {
            single = utterances.stream()
                    .filter(utterance -> utterance.speaker().isEmpty())
                    .toList();
            List<Utterance> spoken = utterances.stream()
                    .filter(utterance -> utterance.speaker().isPresent())
                    .toList();
            if (!spoken.isEmpty()) {
                heldOut.addAll(ids(bySpeaker(spoken, random)));
            }
        }
        heldOut.addAll(ids(stratified(single, random)));
        Map<Boolean, List<Utterance>> sides =
                utterances.stream().collect(Collectors.partitioningBy(utterance -> heldOut.contains(utterance.id())));
        if (sides.get(true).isEmpty() || sides.get(false).isEmpty()) {
            throw KemoException.input(
                    "Of [" + utterances.size() + "] utterances a share of [" + share + "] cannot be held out.",
                    "Give more utterances, or name the data to choose on under validation.");
        }
        return new Sides(sides.get(false), sides.get(true));
    }

    private List<Utterance> bySpeaker(List<Utterance> utterances, Random random) {
        List<List<Utterance>> speakers = groups(utterances, Utterance::speaker);
        if (speakers.size() < 2) {
            throw KemoException.input(
                    "The utterances have the single speaker ["
                            + utterances.get(0).speaker().orElseThrow() + "], who cannot be on both sides.",
                    "Set holdOutBy to utterance, or name the data to choose on under validation.");
        }
        Collections.shuffle(speakers, random);
        double wanted = share * utterances.size();
        List<Utterance> heldOut = new ArrayList<>();
        for (List<Utterance> speaker : speakers.subList(0, speakers.size() - 1)) {
            // Takes a speaker where that comes nearer to the share than leaving it.
            if (heldOut.size() + speaker.size() / 2.0 <= wanted) {
                heldOut.addAll(speaker);
            }
        }
        // The first in the order drawn, where several have as few.
        return heldOut.isEmpty() ? Collections.min(speakers, Comparator.comparingInt(List::size)) : heldOut;
    }

    private List<Utterance> stratified(List<Utterance> utterances, Random random) {
        List<List<Utterance>> labels = groups(utterances, Utterance::label);
        labels.forEach(group -> Collections.shuffle(group, random));
        List<Utterance> heldOut = new ArrayList<>();
        for (List<Utterance> group : labels) {
            heldOut.addAll(group.subList(0, (int) Math.floor(share * group.size())));
        }
        int missing = (int) Math.round(share * utterances.size()) - heldOut.size();
        labels.stream()
                .sorted(Comparator.comparingDouble(this::remainder).reversed())
                .limit(missing)
                .forEach(group -> heldOut.add(group.get((int) Math.floor(share * group.size()))));
        return heldOut;
    }

    private double remainder(Collection<Utterance> group) {
        double exact = share * group.size();
        return exact - Math.floor(exact);
    }

    /** The utterances by a property, in the order in which its values first occur; each group can be shuffled. */
    private static List<List<Utterance>> groups(
            List<Utterance> utterances, Function<Utterance, Optional<String>> property) {
        Map<Optional<String>, List<Utterance>> groups = new LinkedHashMap<>();
        utterances.forEach(utterance -> groups.computeIfAbsent(property.apply(utterance), key -> new ArrayList<>())
                .add(utterance));
        return new ArrayList<>(groups.values());
    }

    private static Set<String> ids(List<Utterance> utterances) {
        return utterances.stream().map(Utterance::id).collect(Collectors.toSet());
    }
}
