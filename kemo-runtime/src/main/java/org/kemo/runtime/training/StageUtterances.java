package org.kemo.runtime.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Perturbation;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.evaluation.HoldOut;

/**
 * The utterances of one stage, as its readers give them.
 *
 * @param name of the data set
 * @param training to train on
 * @param validation to choose on; none marked TEST is on either side
 * @param sha256 over id, label, speaker and the content of every source, in order
 * @param notes what every report on these data repeats
 * @param problems what was left out and why
 */
record StageUtterances(
        String name,
        List<Utterance> training,
        List<Utterance> validation,
        String sha256,
        List<String> notes,
        List<String> problems) {

    /**
     * Reads the data of a stage and parts them.
     *
     * @param source reads them
     * @param seed for what is held out to choose on
     * @param sums of files of sound
     */
    static StageUtterances read(StageConfiguration stage, TrainingData source, long seed, FileSums sums) {
        Dataset dataset = source.read().apply(stage.data());
        List<String> notes = new ArrayList<>(dataset.notes());
        List<String> problems = new ArrayList<>(dataset.problems());
        List<Utterance> offered = offered(dataset, source);
        List<Utterance> validation = marked(offered, Split.VALIDATION);
        List<Utterance> training = offered.stream()
                .filter(utterance -> utterance.split() != Split.VALIDATION)
                .toList();
        if (stage.validation().isPresent()) {
            Dataset chosen = source.read().apply(stage.validation().get());
            notes.addAll(chosen.notes());
            problems.addAll(chosen.problems());
            List<Utterance> more = new ArrayList<>(validation);
            more.addAll(toChooseOn(offered(chosen, source)));
            validation = more;
        } else if (validation.isEmpty() && stage.holdOut() > 0) {
            HoldOut.Sides sides = new HoldOut(stage.holdOut(), stage.holdOutBy(), seed).part(training);
            training = sides.kept();
            validation = sides.heldOut();
        }
        List<String> lines = new ArrayList<>();
        training.forEach(utterance -> lines.add("training " + content(utterance, sums)));
        validation.forEach(utterance -> lines.add("validation " + content(utterance, sums)));
        return new StageUtterances(
                dataset.name(), training, validation, Sha256.of(String.join("\n", lines)), notes, problems);
    }

    /** What is not for tests. */
    private static List<Utterance> offered(Dataset dataset, TrainingData source) {
        return dataset.utterances().stream()
                .filter(utterance ->
                        utterance.split() != Split.TEST && !source.heldOut().test(utterance))
                .toList();
    }

    /** What a data set of its own marks for that, or, where it marks nothing so, all of it. */
    private static List<Utterance> toChooseOn(List<Utterance> utterances) {
        List<Utterance> marked = marked(utterances, Split.VALIDATION);
        return marked.isEmpty() ? utterances : marked;
    }

    private static List<Utterance> marked(List<Utterance> utterances, Split split) {
        return utterances.stream()
                .filter(utterance -> utterance.split() == split)
                .toList();
    }

    private static String content(Utterance utterance, FileSums sums) {
        Map<String, String> sources = new TreeMap<>();
        utterance.sources().forEach((modality, source) -> sources.put(modality.name(), content(source, sums)));
        return List.of(utterance.id(), utterance.label(), utterance.speaker(), sources)
                .toString();
    }

    private static String content(Source source, FileSums sums) {
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

    /** None for a file that cannot be read, which is said when it is prepared. */
    private static Optional<String> sum(Path file, FileSums sums) {
        try {
            return Optional.of(sums.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
