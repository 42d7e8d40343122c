package org.kemo.api.network;

/**
 * The size of one axis while a network is being written: a number, or a name for a size that is known only when it runs
 * (the batch N, the length of a sequence). Two named dimensions are equal when their names are.
 *
 * @param name empty for a fixed size
 * @param size the fixed size; -1 where named
 */
public record Dimension(String name, int size) {
    /** The number of utterances in a batch. */
    public static final Dimension BATCH = named("N");

    /** Checks that there is either a name or a size. */
    public Dimension {
        if (name.isEmpty() ? size < 0 : size != -1) {
            throw new IllegalArgumentException("Either a name or a size of 0 and above: [" + name + "] [" + size + "]");
        }
    }

    /** A size that is known. */
    public static Dimension fixed(int size) {
        return new Dimension("", size);
    }

    /** A size that is known only when the network runs. */
    public static Dimension named(String name) {
        return new Dimension(name, -1);
    }

    /** Whether the size is known. */
    public boolean isFixed() {
        return name.isEmpty();
    }

    @Override
    public String toString() {
        return isFixed() ? Integer.toString(size) : name;
    }
}
