/** Fusion by a sparse gate over unimodal and joint experts (Shazeer et al., 2017; Fedus et al., 2022). */
package org.kemo.mixtureofexperts;
