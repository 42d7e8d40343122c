/** Fusion in a cascade: one modality decides, the others refine (eqs. 7-9 of the paper). */
package org.kemo.cascade;
