package org.kemo.api.data;

import org.kemo.api.audio.Waveform;

/** A change to a waveform for training or for a robustness check: noise, a cut, another speed. Pure and repeatable. */
public interface Perturbation {
    /** The changed waveform. */
    Waveform apply(Waveform waveform);

    /** What tells this change from every other, for cache keys: its name, parameters and seed. */
    String fingerprint();
}
