package org.kemo.api;

import java.io.Serial;
import java.util.Objects;

/**
 * The one exception that Kemo and its plugins throw for something that went wrong outside the code: a sentence that says
 * what was wrong, with the offending value in brackets, and a sentence that says what to do about it.
 *
 * <p>The {@link Category} decides the exit code of the command line and whether a batch may go on without this input.
 */
public final class KemoException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** In the words of the system, where it opens no more for this process. */
    private static final String TOO_MANY_FILES = "Too many open files";

    private static final String MORE_FILES =
            "Raise the limit of open files, for example with ulimit -n 4096, or run less at once.";

    /** Who can mend it; each has the exit code that the command line ends with. */
    public enum Category {
        /** A fault of Kemo or of a plugin: the user did nothing wrong. */
        FAULT(1),
        /** Usage or configuration. */
        CONFIGURATION(2),
        /** The data that were given: audio, text, features, a data set. */
        INPUT(3),
        /** A plugin or a model that cannot be used. */
        PLUGIN(4),
        /** A device that cannot be had, or more work than it takes. */
        DEVICE(5);

        private final int exitCode;

        Category(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of a command that fails with this category, 1 to 5. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Category category;
    private final String problem;
    private final String remedy;

    private KemoException(Category category, String problem, String remedy, Throwable cause) {
        super(problem + " " + remedy, cause);
        this.category = Objects.requireNonNull(category, "category");
        this.problem = problem;
        this.remedy = remedy;
    }

    /**
     * A configuration or a command that cannot be used.
     *
     * @param problem what was wrong, a full sentence with the value in brackets
     * @param remedy what to do, a full sentence
     */
    public static KemoException configuration(String problem, String remedy) {
        return new KemoException(Category.CONFIGURATION, problem, remedy, null);
    }

    /** Input data that cannot be used; see {@link #configuration} for the two sentences. */
    public static KemoException input(String problem, String remedy) {
        return new KemoException(Category.INPUT, problem, remedy, null);
    }

    /** A plugin or model that cannot be used; see {@link #configuration} for the two sentences. */
    public static KemoException plugin(String problem, String remedy) {
        return new KemoException(Category.PLUGIN, problem, remedy, null);
    }

    /** A device that cannot be had or is overloaded; see {@link #configuration} for the two sentences. */
    public static KemoException device(String problem, String remedy) {
        return new KemoException(Category.DEVICE, problem, remedy, null);
    }

    /** A fault of the code; see {@link #configuration} for the two sentences. */
    public static KemoException fault(String problem, String remedy) {
        return new KemoException(Category.FAULT, problem, remedy, null);
    }

    /**
     * What was thrown, whatever it is, as an exception of this type: itself or its cause where that is one, category DEVICE where memory
     * or threads ran out, else FAULT. So a batch can go on without the input that led to it, and say why.
     */
    public static KemoException of(Throwable thrown) {
        if (thrown instanceof KemoException known) {
            return known;
        }
        if (thrown.getCause() instanceof KemoException cause) {
            return cause;
        }
        if (thrown instanceof OutOfMemoryError
                && String.valueOf(thrown.getMessage()).contains("native thread")) {
            return device(
                            "The system gives Java no more threads [" + thrown.getMessage() + "].",
                            "Raise the limit of processes, which ulimit -u shows, or the container's limit of pids, or run less at once.")
                    .causedBy(thrown);
        }
        if (thrown instanceof OutOfMemoryError) {
            return device(
                            "Java has no memory left [" + thrown.getMessage() + "].",
                            "Give it more, for example with KEMO_JAVA_OPTIONS=-Xmx8g, or work on less at once.")
                    .causedBy(thrown);
        }
        String words = "Kemo failed: " + thrown;
        return fault(
                        words.endsWith(".") ? words : words + ".",
                        "This is a fault of Kemo or of a plugin; --debug shows where.")
                .causedBy(thrown);
    }

    /** The same exception with the exception that led to it. Where that says that too many files are open, the remedy is about these. */
    public KemoException causedBy(Throwable cause) {
        boolean files = String.valueOf(cause).endsWith(TOO_MANY_FILES);
        return new KemoException(category, problem, files ? MORE_FILES : remedy, cause);
    }

    /** Who can mend it. */
    public Category category() {
        return category;
    }

    /** What was wrong, a sentence with the value in brackets. */
    public String problem() {
        return problem;
    }

    /** What to do about it, a sentence. */
    public String remedy() {
        return remedy;
    }
}
