package org.kemo.manifest.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/**
 * Finds the column that was most likely meant by a name that no column has.
 *
 * @param unread the columns that stand for nothing else
 */
public record NearestColumn(Collection<String> unread) {
    // One slip for every so many letters still counts as the same word.
    private static final int LETTERS_FOR_EACH_SLIP = 3;

    /** The column that holds the name or differs from it by few slips; capitals do not count. */
    public Optional<String> to(String name) {
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance();
        String folded = name.toLowerCase(Locale.ROOT);
        return unread.stream()
                .filter(column -> column.toLowerCase(Locale.ROOT).contains(folded)
                        || distance.apply(column.toLowerCase(Locale.ROOT), folded)
                                <= Math.max(1, folded.length() / LETTERS_FOR_EACH_SLIP))
                .min(Comparator.comparing(column -> distance.apply(column.toLowerCase(Locale.ROOT), folded)));
    }
}
