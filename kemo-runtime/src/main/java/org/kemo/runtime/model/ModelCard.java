package org.kemo.runtime.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.component.Option;

/**
 * What {@code kemo-model.yaml} holds beside the configuration.
 *
 * @param format of the folder; 1
 * @param modalities what each modality reads, by name
 * @param files SHA-256 sums of the other files, by name
 * @param parameters their number
 * @param metrics by stage: what was measured on validation data
 * @param provenance where it comes from
 */
public record ModelCard(
        int format,
        Map<String, ModalityCard> modalities,
        Map<String, String> files,
        ParameterCount parameters,
        Map<String, Map<String, Double>> metrics,
        Provenance provenance) {

    /** The version of the folder's layout that this code writes and reads. */
    public static final int FORMAT = 1;

    /**
     * What a modality reads.
     *
     * @param width of a step
     * @param cues in the order of the network's inputs
     * @param versions of the components before the network, by name: an answer needs the same; empty in cards that do not say
     * @param pretrained what stands for the weights of its pretrained encoder, where it has one, or of several, one behind the other with
     *     blanks between: an answer needs the same
     */
    public record ModalityCard(
            int width,
            List<String> cues,
            @Option(value = "The versions of the components before the network", defaultValue = "{}")
                    Map<String, Integer> versions,
            @Option(value = "The sum of the pretrained encoder's weights", defaultValue = "null")
                    Optional<String> pretrained) {}

    /**
     * Numbers of parameters.
     *
     * @param trainable that training changed
     * @param total all of the network; what a pretrained encoder has before it does not count
     */
    public record ParameterCount(long trainable, long total) {}

    /**
     * Where a model comes from.
     *
     * @param kemo its version
     * @param seed of the run
     * @param plugins id to version and SHA-256 sum
     * @param data by stage: the data set's name, size, sum and notes
     */
    public record Provenance(String kemo, long seed, Map<String, String> plugins, Map<String, DataCard> data) {}

    /**
     * The data of a stage.
     *
     * @param name of the data set
     * @param training number of utterances trained on
     * @param validation number of utterances chosen on
     * @param sha256 over id, label, speaker and the content of every source, in order
     * @param notes what every report on these data repeats
     */
    public record DataCard(String name, int training, int validation, String sha256, List<String> notes) {}
}
