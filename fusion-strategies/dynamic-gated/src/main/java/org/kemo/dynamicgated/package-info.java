/** Fusion by weights that a gate finds for each utterance (eq. 13 of the paper). */
package org.kemo.dynamicgated;
