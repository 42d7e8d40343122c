/** Early fusion: the encodings of all modalities side by side, through one hidden layer. */
package org.kemo.concat;
