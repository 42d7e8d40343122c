/** Fusion by an attention among words to which the other modalities add (CM-BERT; Yang et al., 2020). */
package org.kemo.cmbert;
