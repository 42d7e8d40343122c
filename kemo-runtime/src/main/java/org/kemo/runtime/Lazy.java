package org.kemo.runtime;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kemo.api.KemoException;

/** Something that is made when it is first asked for, once. Safe for use by several threads at once. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private Optional<T> made = Optional.empty();
    private boolean closed;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    /**
     * The one thing.
     *
     * @throws KemoException category DEVICE, once it is closed
     */
    @Override
    public synchronized T get() {
        if (closed) {
            throw KemoException.device("Kemo is [closed].", "Ask for its parts before it is closed, or make another.");
        }
        if (made.isEmpty()) {
            made = Optional.of(maker.get());
        }
        return made.get();
    }

    /** Ends what was made; what was never asked for is not made for that, nor later. */
    synchronized void close(Consumer<T> closing) {
        closed = true;
        made.ifPresent(closing);
        made = Optional.empty();
    }
}
