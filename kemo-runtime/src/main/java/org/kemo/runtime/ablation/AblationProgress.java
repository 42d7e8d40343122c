package org.kemo.runtime.ablation;

import java.nio.file.Path;

/** Hears how far an ablation is, from several threads. */
public interface AblationProgress {
    /** Hears nothing. */
    AblationProgress NONE = new AblationProgress() {};

    /** Another ablation runs in the folder of the cells; this one begins when that has ended. */
    default void waits(Path output) {}

    /** That many cells are to be had. */
    default void begins(int cells) {}

    /** A cell was finished by an earlier run, or in this one for another variant that is the same. */
    default void found(String variant) {}

    /** A cell begins. */
    default void started(String variant, long seed, int fold) {}

    /** Of the utterances of a cell that has begun, so many have passed the frozen steps. */
    default void prepared(String variant, long seed, int done, int all) {}

    /** Of the steps that train a stage of a cell, so many are done. */
    default void stepped(String variant, long seed, String stage, int done, long all) {}

    /** A cell is finished. */
    default void finished(String variant, long seed, int fold, double accuracy) {}

    /** A cell failed; the others go on. */
    default void failed(String variant, long seed, int fold, Throwable cause) {}
}
