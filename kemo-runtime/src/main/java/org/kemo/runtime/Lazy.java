package org.kemo.runtime;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something that is made when it is first asked for, once. Safe for use by several threads at once. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private Optional<T> made = Optional.empty();

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (made.isEmpty()) {
            made = Optional.of(maker.get());
        }
        return made.get();
    }

    /** Ends what was made; what was never asked for is not made for that. */
    synchronized void close(Consumer<T> closing) {
        made.ifPresent(closing);
        made = Optional.empty();
    }
}
