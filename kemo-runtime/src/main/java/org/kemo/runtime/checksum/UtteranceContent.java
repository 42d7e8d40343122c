package org.kemo.runtime.checksum;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Perturbation;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;

/** What an utterance is to a model, as a text that sums are made of. */
public final class UtteranceContent {
    private UtteranceContent() {}

    /**
     * Its id, label, speaker and the content of every source, whatever their order.
     *
     * @param sums of files of sound; one that cannot be read has none, which is said when it is prepared
     */
    public static String of(Utterance utterance, FileSums sums) {
        Map<String, String> sources = new TreeMap<>();
        utterance.sources().forEach((modality, source) -> sources.put(modality.name(), of(source, sums)));
        return List.of(utterance.id(), utterance.label(), utterance.speaker(), sources)
                .toString();
    }

    /** The content of one source. */
    public static String of(Source source, FileSums sums) {
        if (source instanceof Source.AudioFile file) {
            return sum(file.path(), sums).orElse("unreadable")
                    + file.perturbations().stream()
                            .map(Perturbation::fingerprint)
                            .toList();
        }
        if (source instanceof Source.Text text) {
            return text.text();
        }
        if (source instanceof Source.Features features) {
            FloatTensor values = features.values();
            return Arrays.toString(values.shape()) + sha256(values.values());
        }
        Waveform waveform = ((Source.Sound) source).waveform();
        return waveform.sampleRate() + " Hz " + sha256(waveform.samples());
    }

    private static String sha256(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return Sha256.of(bytes.array());
    }

    private static Optional<String> sum(Path file, FileSums sums) {
        try {
            return Optional.of(sums.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
