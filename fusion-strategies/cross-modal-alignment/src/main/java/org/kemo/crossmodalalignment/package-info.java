/** Fusion by attention of words to the frames of other modalities, with a prior over where in time they meet (eqs. 10-12 of the paper). */
package org.kemo.crossmodalalignment;
