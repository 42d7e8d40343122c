package org.kemo.api.transcriber;

import org.kemo.api.audio.Waveform;

/** Turns speech into its words. Safe for use by several threads at once. */
@FunctionalInterface
public interface Transcriber {
    /** The words of the waveform; empty where none are heard. */
    String transcribe(Waveform waveform);
}
