package org.kemo.runtime.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/**
 * Finds the name that a person most likely meant. Two names are near when few letters have to be added, removed, replaced or
 * swapped with their neighbour (Damerau and Levenshtein's distance), upper and lower case being the same. Immutable.
 */
public final class NearestName {
    /** One slip for every so many letters still counts as the same word; a word always has one. */
    private static final int LETTERS_FOR_EACH_SLIP = 3;

    /** A part that is shorter than this is found in too many names to say anything. */
    private static final int SHORTEST_PART = 3;

    private final List<String> names;

    private NearestName(List<String> names) {
        this.names = names;
    }

    /** Looks among these names; their order does not matter. */
    public static NearestName among(Collection<String> names) {
        return new NearestName(names.stream().distinct().sorted().toList());
    }

    /**
     * The name that is nearest to what was written, or, where none is near, the shortest name that contains it: {@code gated}
     * finds {@code dynamic-gated}. Of names that are equally near the first of the alphabet.
     */
    public Optional<String> to(String written) {
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance();
        String folded = fold(written);
        int allowed = Math.max(1, folded.length() / LETTERS_FOR_EACH_SLIP);
        Optional<String> near = names.stream()
                .filter(name -> distance.apply(folded, fold(name)) <= allowed)
                .min(Comparator.comparing(name -> distance.apply(folded, fold(name))));
        return near.or(() -> containing(folded));
    }

    /**
     * A sentence for the remedy of an error: {@code Did you mean [torch]?}, or, where no name is near, {@code Known are [mfcc,
     * prosody].}, or {@code There is none.}
     */
    public String suggestion(String written) {
        return to(written)
                .map(name -> "Did you mean [" + name + "]?")
                .orElse(names.isEmpty() ? "There is none." : "Known are [" + String.join(", ", names) + "].");
    }

    private Optional<String> containing(String part) {
        if (part.length() < SHORTEST_PART) {
            return Optional.empty();
        }
        return names.stream().filter(name -> fold(name).contains(part)).min(Comparator.comparing(String::length));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
