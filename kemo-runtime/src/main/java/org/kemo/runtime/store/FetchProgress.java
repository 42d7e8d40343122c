package org.kemo.runtime.store;

/** Hears how far the fetching of a model is. Called by the thread that fetches. */
public interface FetchProgress {
    /**
     * A part of the work begins; what began before is over.
     *
     * @param what is fetched or made
     * @param bytes in all, 0 where nobody knows
     */
    default void begins(String what, long bytes) {}

    /** So much of the part is done, in bytes; less than before where a server sends a file from its start again. */
    default void reached(long bytes) {}

    /** Something that a person who waits should know, one sentence. */
    default void note(String sentence) {}

    /** All is over, well or not. */
    default void ends() {}

    /** Tells nobody. */
    static FetchProgress silent() {
        return new FetchProgress() {};
    }
}
