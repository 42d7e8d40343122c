package org.kemo.ravdess;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;

/**
 * Which clips, and who is on which side.
 *
 * @param root the folder that holds the clips, at most {@value RavdessReader#DEPTH} levels below it
 * @param speakers the actors to read, 1 to 24; empty for all
 * @param excludeSpeakers the actors to leave out
 * @param modality what the sound is called
 * @param protocol how the clips are parted
 * @param testSpeakers the actors of the test side
 * @param validationSpeakers the actors of the validation side
 */
record RavdessOptions(
        @Option("The folder that holds the clips, in Actor_NN folders or without") Path root,
        @Option(value = "The actors to read; empty for all", defaultValue = "[]", min = 1, max = 24)
                List<Integer> speakers,
        @Option(value = "The actors to leave out", defaultValue = "[]", min = 1, max = 24)
                List<Integer> excludeSpeakers,
        @Option(value = "The name of the modality that the sound belongs to", defaultValue = "audio") String modality,
        @Option(
                        value =
                                "speaker-independent: sides by the lists of speakers, no split without them; every-tenth:"
                                        + " the leaky protocol of the paper, speakers on both sides",
                        defaultValue = "speaker-independent")
                Protocol protocol,
        @Option(value = "The actors of the test side", defaultValue = "[]", min = 1, max = 24)
                List<Integer> testSpeakers,
        @Option(value = "The actors of the validation side", defaultValue = "[]", min = 1, max = 24)
                List<Integer> validationSpeakers) {
    private static final int ACTORS = 24;

    /** Checks the actors, and that the sides fit the protocol and each other. */
    RavdessOptions {
        speakers = actors("speakers", speakers);
        excludeSpeakers = actors("excludeSpeakers", excludeSpeakers);
        testSpeakers = actors("testSpeakers", testSpeakers);
        validationSpeakers = actors("validationSpeakers", validationSpeakers);
        modality = Modality.of(modality).name();
        List<Integer> both =
                testSpeakers.stream().filter(validationSpeakers::contains).toList();
        if (!both.isEmpty()) {
            throw KemoException.configuration(
                    "The actors " + both + " are both in testSpeakers and in validationSpeakers.",
                    "Name each actor on one side only.");
        }
        for (int actor : Stream.concat(testSpeakers.stream(), validationSpeakers.stream())
                .toList()) {
            if (!wants(actor, speakers, excludeSpeakers)) {
                throw KemoException.configuration(
                        "The actor [" + actor + "] stands on a side but is not read.",
                        "Add the actor to speakers and take it out of excludeSpeakers, or take it from the side.");
            }
        }
        if (protocol == Protocol.EVERY_TENTH && !(testSpeakers.isEmpty() && validationSpeakers.isEmpty())) {
            throw KemoException.configuration(
                    "The protocol [every-tenth] has every speaker on both sides, but sides are given: test "
                            + testSpeakers + ", validation " + validationSpeakers + ".",
                    "Leave out testSpeakers and validationSpeakers, or take the protocol [speaker-independent].");
        }
    }

    private static List<Integer> actors(String option, List<Integer> actors) {
        for (int actor : actors) {
            if (actor < 1 || actor > ACTORS) {
                throw KemoException.configuration(
                        "The actor [" + actor + "] in " + option + " does not exist.",
                        "RAVDESS numbers its actors from 1 to " + ACTORS + ".");
            }
        }
        return List.copyOf(actors);
    }

    /** Whether the clips of an actor are to be read. */
    boolean wants(int actor) {
        return wants(actor, speakers, excludeSpeakers);
    }

    private static boolean wants(int actor, List<Integer> speakers, List<Integer> excludeSpeakers) {
        return (speakers.isEmpty() || speakers.contains(actor)) && !excludeSpeakers.contains(actor);
    }

    /** The actors that are asked for by their numbers, in order. */
    List<Integer> named() {
        return Stream.of(speakers, testSpeakers, validationSpeakers)
                .flatMap(List::stream)
                .filter(this::wants)
                .distinct()
                .sorted()
                .toList();
    }
}
