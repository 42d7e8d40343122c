/**
 * Features of one utterance in a file of its own, as other programs write them: NumPy's format and CSV. What such a file says of itself
 * is not believed before it was checked.
 */
package org.kemo.manifest.features;
