package org.kemo.runtime.configuration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.training.Optimizer;

/**
 * One stage of training.
 *
 * @param name of the stage, for progress and checkpoints: small letters, digits and hyphens
 * @param modalities whose encoders and classifiers are trained: by labels of their own classes, which {@code data} names for each of them,
 *     and, where the strategy is trained too, by those of the model through the fused answer, which then suffice
 * @param fusion whether the fusion strategy is trained
 * @param data utterances to train on; those that it marks TEST are never touched, those marked VALIDATION choose
 * @param validation utterances to choose on, beside those that {@code data} marks so: those that it marks VALIDATION itself or, where it
 *     marks none, all but those marked TEST
 * @param holdOut the share of the training utterances that is held out to choose on where nothing else is; 0 for none
 * @param holdOutBy whether whole speakers are held out or single utterances
 * @param epochs passes over the data at most
 * @param patience epochs without a better validation accuracy after which training ends; 0 for never
 * @param batchSize utterances in a step
 * @param learningRate the largest
 * @param pretrainedRate learning rate of parameters that were trained elsewhere, as a share of {@code learningRate}
 * @param warmup share of all steps over which the rate rises from 0
 * @param schedule how it falls after that
 * @param optimizer how a step changes the parameters
 * @param averageLast the parameters of that share of the epochs, from the end, are averaged; 0 for none, as with {@code patience}, which
 *     takes those of the best epoch
 * @param labelSmoothing probability that is spread over all classes
 * @param classWeights how much each class counts in the loss
 * @param sampling how classes of unequal size are evened out
 * @param augmentation changes to the training data
 */
public record StageConfiguration(
        @Option("Name of the stage, for progress and checkpoints") String name,
        @Option(value = "Modalities whose encoders and classifiers are trained", defaultValue = "[]")
                List<String> modalities,
        @Option(value = "Whether the fusion strategy is trained", defaultValue = "false") boolean fusion,
        @Option("Utterances to train on") Component<DatasetReader> data,
        @Option(value = "Utterances to choose on, beside those that data marks so", defaultValue = "null")
                Optional<Component<DatasetReader>> validation,
        @Option(value = "Share of the training data held out to choose on", defaultValue = "0", min = 0, max = 0.9)
                double holdOut,
        @Option(
                        value = "speaker: whole speakers are held out; utterance: single utterances, stratified",
                        defaultValue = "speaker")
                Grouping holdOutBy,
        @Option(value = "Passes over the data", defaultValue = "20", min = 1) int epochs,
        @Option(
                        value = "Epochs without a better validation accuracy until training ends; 0 for never",
                        defaultValue = "0",
                        min = 0)
                int patience,
        @Option(value = "Utterances in a step", defaultValue = "32", min = 1) int batchSize,
        @Option(value = "The largest learning rate", defaultValue = "0.001", min = 0) double learningRate,
        @Option(
                        value = "Learning rate of pretrained layers that an encoder tunes, as a share of learningRate",
                        defaultValue = "0.05",
                        min = 0,
                        max = 1)
                double pretrainedRate,
        @Option(value = "Share of all steps over which the rate rises from 0", defaultValue = "0.1", min = 0, max = 1)
                double warmup,
        @Option(value = "constant, or cosine to 0", defaultValue = "cosine") Schedule schedule,
        @Option(value = "How a step changes the parameters", defaultValue = "{}") Optimizer optimizer,
        @Option(
                        value = "Share of the epochs, from the end, whose parameters are averaged; not with patience",
                        defaultValue = "0",
                        min = 0,
                        max = 1)
                double averageLast,
        @Option(value = "Probability that is spread over all classes", defaultValue = "0", min = 0, max = 0.99)
                double labelSmoothing,
        @Option(value = "none, or balanced: inverse to the frequency", defaultValue = "none") ClassWeights classWeights,
        @Option(value = "none, random-over, random-under", defaultValue = "none") Sampling sampling,
        @Option(value = "Changes to the training data", defaultValue = "{}") AugmentationConfiguration augmentation) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** Checks the name, that there is something to train, and that one option says which parameters are kept. */
    public StageConfiguration {
        if (!NAME.matcher(name).matches()) {
            throw KemoException.configuration(
                    "The name [" + name + "] of a stage is no file name.",
                    "Use small letters, digits and hyphens, beginning with a letter or digit.");
        }
        if (modalities.isEmpty() && !fusion) {
            throw KemoException.configuration(
                    "The stage [" + name + "] trains nothing.", "Name modalities, or set fusion to true.");
        }
        if (patience > 0 && averageLast > 0) {
            throw KemoException.configuration(
                    "The stage [" + name + "] keeps the parameters of the best epoch with a patience of [" + patience
                            + "], and cannot keep the average of averageLast [" + averageLast + "] too.",
                    "Set one of the two to 0.");
        }
    }

    /** What is held out together. */
    public enum Grouping {
        /** Whole speakers. */
        SPEAKER,
        /** Single utterances, in proportion to the classes. */
        UTTERANCE
    }

    /** How the learning rate goes after the warm-up. */
    public enum Schedule {
        /** It stays. */
        CONSTANT,
        /** Half a cosine down to 0 at the last step. */
        COSINE
    }

    /** How much each class counts in the loss. */
    public enum ClassWeights {
        /** All the same. */
        NONE,
        /** n / (k n_c), of the k classes that occur. */
        BALANCED
    }

    /** How classes of unequal size are evened out. */
    public enum Sampling {
        /** Not at all. */
        NONE,
        /** Small classes are repeated at random. */
        RANDOM_OVER,
        /** Large classes are thinned at random. */
        RANDOM_UNDER
    }
}
