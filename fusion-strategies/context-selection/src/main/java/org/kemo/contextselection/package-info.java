/** Fusion by choosing one modality for each utterance, by a rule on its cues (section IV.F.4 of the paper). */
package org.kemo.contextselection;
