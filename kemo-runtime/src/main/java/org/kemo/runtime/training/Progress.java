package org.kemo.runtime.training;

/** Hears how far training is. Called from several threads during preparation, from one during training. */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /** A part of the work begins: preparing or training a stage. */
    default void begins(String part, long steps) {}

    /** One of {@code total} utterances has been prepared. */
    default void prepared(int total) {}

    /** One step of training is done. */
    default void stepped() {}

    /**
     * An epoch is done.
     *
     * @param epoch from 1
     * @param loss mean over its steps
     * @param accuracy on the validation data, 0..1; NaN where there are none
     */
    default void epoch(String stage, int epoch, int epochs, double loss, double accuracy) {}

    /** Something to know, one sentence. */
    default void note(String sentence) {}
}
