/** An encoder without recurrence: WaveNet's stack of dilated, gated convolutions, over frames of features. */
package org.kemo.wavenet;
