/**
 * The data set reader {@code label-matched-pairs}: makes utterances of several modalities from data sets that have one each. A
 * {@link org.kemo.plugin.pairs.Side} is what one data set offers, by split and aligned label; {@link
 * org.kemo.plugin.pairs.LabelMatchedPairsReader} draws from the sides; a {@link org.kemo.plugin.pairs.Corrupter} spoils one
 * modality of some pairs, so that a fusion strategy can learn whom to trust.
 */
package org.kemo.plugin.pairs;
