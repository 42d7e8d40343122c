/** Fusion by a graph over all subsets of the modalities, whose edges each utterance weighs (Zadeh et al., 2018). */
package org.kemo.dynamicgraph;
