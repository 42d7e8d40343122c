package org.kemo.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;

class ComponentFailureTest {
    private final IllegalStateException thrown = new IllegalStateException("broken");

    @Test
    void saysWhoseMistakeItIsAndKeepsWhatWasThrown() {
        assertThatThrownBy(() -> ComponentFailure.attempt("It fails", throwing(thrown)))
                .isInstanceOfSatisfying(ComponentFailure.class, failure -> {
                    KemoException words = failure.words("[clip] audio");
                    assertThat(words.category()).isEqualTo(KemoException.Category.PLUGIN);
                    assertThat(words.problem())
                            .isEqualTo("[clip] audio: It fails: [java.lang.IllegalStateException: broken].");
                    assertThat(words.getCause()).isSameAs(thrown);
                    assertThat(KemoException.of(failure)).isSameAs(failure.words());
                })
                .hasMessageStartingWith("It fails: [java.lang.IllegalStateException: broken]. ");
        assertThatThrownBy(() -> ComponentFailure.require("It fails", throwing(thrown)))
                .isInstanceOf(KemoException.class)
                .hasCause(thrown);
    }

    @Test
    void takesTheSentenceOfAnArgumentThatDoesNotFit() {
        assertThatThrownBy(() -> ComponentFailure.attempt(
                        "It fails", throwing(new IllegalArgumentException("The shapes [2] and [3] do not fit"))))
                .hasMessageStartingWith("It fails: The shapes [2] and [3] do not fit. ");
    }

    @Test
    void takesNothingForAMistake() {
        assertThatThrownBy(() -> ComponentFailure.attempt("It fails", () -> null))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageStartingWith("It fails: [java.lang.NullPointerException: it gives null].");
    }

    @Test
    void letsPassWhatIsNoMistakeOfTheAuthor() {
        KemoException unreadable = KemoException.input("It cannot be read.", "Give another.");

        assertThatThrownBy(() -> ComponentFailure.attempt("It fails", throwing(unreadable)))
                .isSameAs(unreadable);
        assertThatThrownBy(() -> ComponentFailure.attempt("It fails", () -> {
                    throw new OutOfMemoryError("huge");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ComponentFailure.attempt("It fails", throwing(thrown)))
                    .isSameAs(thrown);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void isOfNoSingleSourceWhereAClassIsMissing() {
        assertThatThrownBy(() -> ComponentFailure.attempt("It fails", () -> {
                    throw new NoClassDefFoundError("org/example/Words");
                }))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("lacks a library");
    }

    private static Supplier<String> throwing(RuntimeException thrown) {
        return () -> {
            throw thrown;
        };
    }
}
