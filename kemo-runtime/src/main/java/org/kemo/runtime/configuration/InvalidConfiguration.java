package org.kemo.runtime.configuration;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.KemoException;

/**
 * All mistakes of a configuration, as the {@linkplain Throwable#getCause cause} of the {@link KemoException} that a reader
 * throws, for those who show them other than as text.
 */
public final class InvalidConfiguration extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<ConfigurationMistake> mistakes;

    private InvalidConfiguration(List<ConfigurationMistake> mistakes) {
        super(mistakes.stream()
                .map(ConfigurationMistake::toString)
                .collect(Collectors.joining(System.lineSeparator())));
        this.mistakes = mistakes;
    }

    /** The mistakes, in the order in which they stand. */
    public List<ConfigurationMistake> mistakes() {
        return mistakes;
    }

    /** Whether nothing is wrong but that components or environment variables that are named are not there. */
    public boolean absencesOnly() {
        return mistakes.stream().allMatch(ConfigurationMistake::absence);
    }

    /**
     * The exception, category CONFIGURATION, that lists these mistakes and others of the same configuration.
     *
     * @param others may repeat mistakes of this one
     */
    public KemoException with(List<ConfigurationMistake> others) {
        return of(Stream.concat(mistakes.stream(), others.stream()).distinct().toList());
    }

    /** The exception, category CONFIGURATION, that lists these mistakes, at least one. */
    static KemoException of(List<ConfigurationMistake> mistakes) {
        List<ConfigurationMistake> sorted = new ArrayList<>(mistakes);
        sorted.sort(Comparator.comparing(
                        (ConfigurationMistake mistake) -> mistake.place().source())
                .thenComparing(mistake -> mistake.place().line())
                .thenComparing(mistake -> mistake.place().column()));
        InvalidConfiguration all = new InvalidConfiguration(List.copyOf(sorted));
        String count = sorted.size() == 1 ? "a mistake" : sorted.size() + " mistakes";
        return KemoException.configuration(
                        "The configuration has " + count + ":" + System.lineSeparator() + all.getMessage()
                                + System.lineSeparator(),
                        "Correct " + (sorted.size() == 1 ? "it" : "them")
                                + "; kemo describe KIND NAME lists the options of a component.")
                .causedBy(all);
    }
}
