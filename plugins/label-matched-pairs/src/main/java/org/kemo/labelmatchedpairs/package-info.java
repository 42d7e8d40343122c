/**
 * The data set reader {@code label-matched-pairs}: makes utterances of several modalities from data sets that have one each. A
 * {@link org.kemo.labelmatchedpairs.Side} is what one data set offers, by split and aligned label; {@link
 * org.kemo.labelmatchedpairs.LabelMatchedPairsReader} draws from the sides; a {@link org.kemo.labelmatchedpairs.Corrupter} spoils one
 * modality of some pairs, so that a fusion strategy can learn whom to trust.
 */
package org.kemo.labelmatchedpairs;
