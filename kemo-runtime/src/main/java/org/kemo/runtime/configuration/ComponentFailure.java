package org.kemo.runtime.configuration;

import java.io.Serial;
import java.util.Objects;
import java.util.function.Supplier;
import org.kemo.api.KemoException;

/**
 * That the code of a component threw what is no {@link KemoException}: a mistake of its author, and neither of Kemo nor of who uses it.
 * Its cause says so in words, category PLUGIN, and has what was thrown as its own cause.
 *
 * <p>It is no {@code KemoException} itself, since that of a plugin is everybody's, and a component that breaks on one source may well
 * take the next: a batch goes on.
 */
public final class ComponentFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final KemoException words;

    private ComponentFailure(KemoException words) {
        super(words.getMessage(), words);
        this.words = words;
    }

    /**
     * Has a component work on one source of many.
     *
     * @param what begins the sentence where it does not: {@code The encoder [bilstm] fails on a text}
     * @param work its author's code
     * @return never null, which is a mistake as well
     * @throws ComponentFailure where that throws what is neither a {@link KemoException} nor a lack of memory, unless the thread is
     *     interrupted
     * @throws KemoException its own; or category PLUGIN, where it lacks a class, whatever the source
     */
    public static <R> R attempt(String what, Supplier<R> work) {
        try {
            return Objects.requireNonNull(work.get(), "it gives null");
        } catch (KemoException | ComponentFailure e) {
            throw e;
        } catch (LinkageError e) {
            throw inWords(what, e);
        } catch (RuntimeException | StackOverflowError e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new ComponentFailure(inWords(what, e));
        }
    }

    /**
     * The same for what nothing goes on without.
     *
     * @throws KemoException category PLUGIN, in the place of a failure
     */
    public static <R> R require(String what, Supplier<R> work) {
        try {
            return attempt(what, work);
        } catch (ComponentFailure e) {
            throw e.words();
        }
    }

    static KemoException inWords(String what, Throwable thrown) {
        // Operations on shapes throw just this, and it is a sentence.
        String why = thrown.getClass() == IllegalArgumentException.class && thrown.getMessage() != null
                ? thrown.getMessage()
                : "[" + thrown + "]";
        return KemoException.plugin(
                        what + ": " + why + (why.endsWith(".") ? "" : "."),
                        thrown instanceof LinkageError
                                ? "Its plugin was built for another kemo-api, or lacks a library. Build or install one that fits."
                                : "Correct it, or choose other options or another component; --debug shows where it happened.")
                .causedBy(thrown);
    }

    /** What it says, with what was thrown as the cause. */
    public KemoException words() {
        return words;
    }

    /**
     * The same behind the place where it happened.
     *
     * @param place of one source: {@code [clip] audio}
     */
    public KemoException words(String place) {
        return KemoException.plugin(place + ": " + words.problem(), words.remedy())
                .causedBy(words.getCause());
    }
}
