package org.kemo.ravdess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;

/**
 * Reads the speech clips of RAVDESS below a folder: WAV or FLAC, in {@code Actor_NN} folders or without, ordered by actor and
 * file name. Song and video are passed over and counted, and so is a clip that lies there twice, as in the copies of the data
 * set that hold all of it in two folders.
 */
final class RavdessReader implements DatasetReader {
    /** How many levels below the root are looked through. */
    static final int DEPTH = 4;

    private static final Set<String> SOUND_ENDINGS = Set.of("wav", "flac");
    private static final Set<String> PICTURE_ENDINGS = Set.of("mp4", "avi", "mov");
    private static final int TEST_EVERY = 10;

    // Byte-identical in the distribution of the data set.
    private static final String REPEATED_CLIP = "03-01-03-01-02-02-07";
    private static final String REPEATED_ORIGINAL = "03-01-03-01-02-01-07";

    private final RavdessOptions options;

    RavdessReader(RavdessOptions options) {
        this.options = options;
    }

    @Override
    public Dataset read() {
        if (!Files.isDirectory(options.root())) {
            throw KemoException.input(
                    "The folder [" + options.root() + "] does not exist.",
                    "Set root to the folder that holds the Actor_NN folders of RAVDESS.");
        }
        LeftOut leftOut = new LeftOut();
        Map<String, Path> clips = clips(leftOut);
        List<Utterance> utterances = utterances(clips);
        if (utterances.isEmpty()) {
            throw KemoException.input(
                    "The folder [" + options.root() + "] holds no speech clip of RAVDESS that the options ask for."
                            + leftOut.sentences().stream()
                                    .map(sentence -> " " + sentence)
                                    .collect(Collectors.joining()),
                    "Set root to a folder of files like 03-01-05-01-01-01-05.wav, and check speakers and excludeSpeakers.");
        }
        return new Dataset(name(), utterances, notes(clips), problems(leftOut, utterances));
    }

    private Map<String, Path> clips(LeftOut leftOut) {
        Map<String, Path> clips = new HashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
            String stem = dot < 0 ? name : name.substring(0, dot);
            // A name that begins with a dot is the file system's own, such as macOS's ._ shadows.
            if (name.startsWith(".") || !(SOUND_ENDINGS.contains(ending) || PICTURE_ENDINGS.contains(ending))) {
                continue;
            }
            Optional<RavdessFileName> parsed = RavdessFileName.parse(stem);
            if (parsed.isEmpty()) {
                leftOut.add(LeftOut.Reason.NAME, name);
            } else if (PICTURE_ENDINGS.contains(ending) || parsed.get().isVideo()) {
                leftOut.add(LeftOut.Reason.VIDEO, name);
            } else if (parsed.get().isSong()) {
                leftOut.add(LeftOut.Reason.SONG, name);
            } else if (options.wants(parsed.get().actor()) && clips.putIfAbsent(stem, file) != null) {
                leftOut.add(LeftOut.Reason.COPY, name);
            }
        }
        return clips;
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(options.root(), DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw KemoException.input(
                            "The folder [" + options.root() + "] cannot be looked through.",
                            "Check that it and the folders in it may be read and that no link leads back up.")
                    .causedBy(e);
        }
    }

    private List<Utterance> utterances(Map<String, Path> clips) {
        Modality modality = Modality.of(options.modality());
        Map<String, Integer> seen = new HashMap<>();
        List<Utterance> utterances = new ArrayList<>();
        clips.keySet().stream()
                .map(stem -> RavdessFileName.parse(stem).orElseThrow())
                .sorted(Comparator.comparingInt(RavdessFileName::actor).thenComparing(RavdessFileName::stem))
                .forEach(clip -> utterances.add(new Utterance(
                        clip.stem(),
                        Map.of(modality, Source.AudioFile.of(clips.get(clip.stem()))),
                        Optional.of(clip.label()),
                        Optional.of(clip.speaker()),
                        split(clip, seen.merge(clip.label(), 1, Integer::sum) - 1))));
        return utterances;
    }

    private Split split(RavdessFileName clip, int indexInClass) {
        if (options.protocol() == Protocol.EVERY_TENTH) {
            return indexInClass % TEST_EVERY == 0 ? Split.TEST : Split.TRAIN;
        }
        if (options.testSpeakers().isEmpty() && options.validationSpeakers().isEmpty()) {
            return Split.NONE;
        }
        if (options.testSpeakers().contains(clip.actor())) {
            return Split.TEST;
        }
        return options.validationSpeakers().contains(clip.actor()) ? Split.VALIDATION : Split.TRAIN;
    }

    private String name() {
        return options.protocol() == Protocol.EVERY_TENTH
                ? "RAVDESS speech, leaky protocol (every tenth clip of each class is the test)"
                : "RAVDESS speech";
    }

    private List<String> notes(Map<String, Path> clips) {
        List<String> notes = new ArrayList<>();
        if (options.protocol() == Protocol.EVERY_TENTH) {
            notes.add(
                    "The protocol is leaky: every tenth clip of each class is the test set, so every speaker is heard in"
                            + " training, and the figures say little about a new voice.");
        }
        if (clips.containsKey(REPEATED_CLIP) && clips.containsKey(REPEATED_ORIGINAL)) {
            notes.add("The clips " + REPEATED_ORIGINAL + " and " + REPEATED_CLIP
                    + " are one recording under two names in RAVDESS itself; both are kept.");
        }
        return notes;
    }

    private List<String> problems(LeftOut leftOut, List<Utterance> utterances) {
        Set<Integer> found = utterances.stream()
                .map(utterance -> Integer.valueOf(utterance.speaker().orElseThrow()))
                .collect(Collectors.toSet());
        List<String> problems = new ArrayList<>(leftOut.sentences());
        for (int actor : options.named()) {
            if (!found.contains(actor)) {
                problems.add(
                        "The actor [" + actor + "] that the options name has no clip below [" + options.root() + "].");
            }
        }
        return problems;
    }

    /** Counts what is passed over, and keeps an example of each kind. */
    private static final class LeftOut {
        private enum Reason {
            SONG("of song"),
            VIDEO("with a picture"),
            COPY("that lie there a second time"),
            NAME("whose names are not those of RAVDESS");

            private final String words;

            Reason(String words) {
                this.words = words;
            }
        }

        private final Map<Reason, List<String>> names = new TreeMap<>();

        void add(Reason reason, String name) {
            names.computeIfAbsent(reason, r -> new ArrayList<>()).add(name);
        }

        List<String> sentences() {
            return names.entrySet().stream()
                    .map(entry -> "Files " + entry.getKey().words + " were left out: ["
                            + entry.getValue().size() + "], such as ["
                            + entry.getValue().get(0) + "].")
                    .toList();
        }
    }
}
