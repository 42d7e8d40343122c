/**
 * The data set reader {@code tabular}: features that were computed elsewhere, one utterance a row. {@link
 * org.kemo.tabular.TabularReader} reads files, {@link org.kemo.tabular.RowReader} makes a {@link org.kemo.tabular.Row} of a line, and
 * {@link org.kemo.tabular.GroupContext} puts the rows of a group side by side where an encoder reads them together.
 */
package org.kemo.tabular;
