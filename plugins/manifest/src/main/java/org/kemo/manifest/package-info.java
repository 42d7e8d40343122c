/**
 * The data set reader {@code manifest}: one utterance a row, as CSV with a header or as JSON Lines. {@link
 * org.kemo.manifest.table.Table} holds what both have in common; {@link org.kemo.manifest.ManifestReader} makes
 * utterances of it.
 */
package org.kemo.manifest;
