package org.kemo.api.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;

/** What an utterance offers in one modality, before anything was computed from it. */
public sealed interface Source {
    /**
     * Sound in a file that the host can read (WAV, FLAC), read when it is needed.
     *
     * @param path the file
     * @param perturbations applied in order to what was read; mostly none
     */
    record AudioFile(Path path, List<Perturbation> perturbations) implements Source {
        /** Copies the list. */
        public AudioFile {
            Objects.requireNonNull(path, "path");
            perturbations = List.copyOf(perturbations);
        }

        /** The same with one more change, after those that are there. */
        public AudioFile then(Perturbation perturbation) {
            List<Perturbation> more = new ArrayList<>(perturbations);
            more.add(perturbation);
            return new AudioFile(path, more);
        }

        /** The file as it is. */
        public static AudioFile of(Path path) {
            return new AudioFile(path, List.of());
        }
    }

    /** Sound that is already in memory. */
    record Sound(Waveform waveform) implements Source {}

    /** Words. */
    record Text(String text) implements Source {
        /** Checks that there is a text, which may be empty. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Features that were computed elsewhere, [T, D]. */
    record Features(FloatTensor values) implements Source {}
}
