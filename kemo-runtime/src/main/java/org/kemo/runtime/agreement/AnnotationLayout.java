package org.kemo.runtime.agreement;

import java.util.List;
import java.util.Optional;

/** Which columns of a table hold what. */
public sealed interface AnnotationLayout {
    /** The column of what each item really is, if there is one. */
    Optional<String> reference();

    /**
     * A row is an item, and each rater has a column.
     *
     * @param item the column of the item's name; items are numbered where there is none
     * @param raters the columns of the labels
     * @param reference the column of what each item really is
     */
    record RaterColumns(Optional<String> item, List<String> raters, Optional<String> reference)
            implements AnnotationLayout {
        /** Copies the list. */
        public RaterColumns {
            raters = List.copyOf(raters);
        }
    }

    /**
     * A row is one label.
     *
     * @param item the column of the item's name
     * @param rater the column of the rater's name
     * @param label the column of the label
     * @param reference the column of what the item really is, the same in every row of the item
     */
    record LabelRows(String item, String rater, String label, Optional<String> reference) implements AnnotationLayout {}
}
