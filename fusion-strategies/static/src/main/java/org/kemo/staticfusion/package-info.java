/** Fusion by weights that are the same for every utterance (eq. 6 of the paper). */
package org.kemo.staticfusion;
