package org.kemo.runtime.ablation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.api.data.DatasetReader;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.Overrides;
import org.kemo.runtime.configuration.StageConfiguration.Grouping;
import org.kemo.runtime.evaluation.ScoredLabels;
import org.kemo.runtime.evaluation.ScoredLabels.Labels;

/**
 * What {@code kemo ablate} runs: every variant with every combination of the grid, over all seeds and folds.
 *
 * @param title what the table is about
 * @param base the configuration that every variant starts from
 * @param set values that every variant gets
 * @param variants by name; without any, the base alone
 * @param grid paths to lists of values, each combination of which is tried with each variant
 * @param seeds of the trials; each replaces the seed of the configuration and shuffles the folds anew
 * @param folds cross-validation; without it the utterances that the data mark as TEST are scored, or all of {@code data} where they
 *     mark none
 * @param data what is scored; without it the data of each variant's last stage
 * @param datasets what is scored, where that is more than one: every variant and floor that a set has a modality of has a row there
 * @param modality whose own classifier is scored; without it the fused answer
 * @param labels the classes that are scored in
 * @param floors whether each modality alone and the majority of the training labels are run beside the variants
 * @param reference the variant that all others are compared with; without it the best modality alone, or where there is one modality
 *     the first variant
 * @param paper published figures to print beside
 */
public record AblationConfiguration(
        @Option("What the table is about") String title,
        @Option("The configuration that every variant starts from") Path base,
        @Option(value = "Values that every variant gets: path to value", defaultValue = "{}") Overrides set,
        @Option(value = "The variants", defaultValue = "[]") List<VariantConfiguration> variants,
        @Option(value = "Paths to lists of values; each combination is tried with each variant", defaultValue = "{}")
                Overrides grid,
        @Option(value = "The seeds of the trials", defaultValue = "[1]") List<Long> seeds,
        @Option(value = "Cross-validation; else the utterances marked as test are scored", defaultValue = "null")
                Optional<CrossValidation> folds,
        @Option(value = "What is scored; else the data of the last stage", defaultValue = "null")
                Optional<Component<DatasetReader>> data,
        @Option(value = "Several to score on, by name: a row for each variant on each", defaultValue = "{}")
                Map<String, Component<DatasetReader>> datasets,
        @Option(value = "The modality whose own classifier is scored; else the fused answer", defaultValue = "null")
                Optional<String> modality,
        @Option(value = "aligned, the classes of the model, or native, those of the modality", defaultValue = "aligned")
                Labels labels,
        @Option(value = "Whether single modalities and the majority are run beside the variants", defaultValue = "true")
                boolean floors,
        @Option(
                        value = "The variant that others are compared with; else the best single modality",
                        defaultValue = "null")
                Optional<String> reference,
        @Option(value = "Published figures to print beside", defaultValue = "null") Optional<PublishedTable> paper) {
    /** Checks that names and seeds differ, that seeds stand in one place, and that the classes are there. */
    public AblationConfiguration {
        requireNoSeed("set", set);
        requireNoSeed("grid", grid);
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || Set.copyOf(seeds).size() < seeds.size()) {
            throw KemoException.configuration("The seeds are " + seeds + ".", "Give at least one, and each once.");
        }
        datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
        if (data.isPresent() && !datasets.isEmpty()) {
            throw KemoException.configuration(
                    "There is [data] and there are [datasets].", "Name what is scored in one of the two.");
        }
        Set<String> names = new HashSet<>();
        for (VariantConfiguration variant : variants) {
            if (!names.add(variant.name())) {
                throw KemoException.configuration(
                        "Two variants have the name [" + variant.name() + "].", "Give each a name of its own.");
            }
        }
        scored(modality, labels);
    }

    /** Which answer is scored, in which classes. */
    public ScoredLabels scored() {
        return scored(modality, labels);
    }

    private static ScoredLabels scored(Optional<String> modality, Labels labels) {
        return new ScoredLabels(modality.map(Modality::of), labels);
    }

    /** Every trial has one of the seeds, which takes the place of any other: rows that differ in it would be the same. */
    private static void requireNoSeed(String option, Overrides overrides) {
        if (overrides.paths().contains("seed")) {
            throw KemoException.configuration(
                    "There is a [seed] under [" + option + "], and every trial has one of the seeds.",
                    "Give all of them under seeds: [1, 2].");
        }
    }

    /**
     * One variant.
     *
     * @param name in the table
     * @param set its values: path to value; {@code modalities.NAME: off} and {@code plugins.NAME: off} take parts out
     * @param base another configuration to start from
     */
    public record VariantConfiguration(
            @Option("Its name in the table") String name,
            @Option(value = "Its values: path to value", defaultValue = "{}") Overrides set,
            @Option(value = "Another configuration to start from", defaultValue = "null") Optional<Path> base) {
        /** Checks that seeds stand in one place. */
        public VariantConfiguration {
            requireNoSeed("set", set);
        }
    }

    /**
     * Cross-validation. No stage trains or chooses on what a fold scores, nor on what shares a recording with it. The same words count
     * where an utterance is words alone, and in pairs, whose words belong to no recording: of a list that every speaker reads all may be trained
     * on but the recordings that are scored.
     *
     * @param count the number of folds, where no groups are given
     * @param by whether whole speakers (or videos) stay together
     * @param groups the speakers of the test side of each fold; empty to draw stratified folds
     */
    public record CrossValidation(
            @Option(value = "The number of folds", defaultValue = "5", min = 2) int count,
            @Option(value = "speaker: whole speakers, or videos, stay together; utterance", defaultValue = "speaker")
                    Grouping by,
            @Option(value = "The speakers that are tested on in each fold; empty to draw them", defaultValue = "[]")
                    List<List<String>> groups) {
        /** Checks that each speaker is tested on once. */
        public CrossValidation {
            Set<String> speakers = new HashSet<>();
            for (List<String> group : groups) {
                for (String speaker : group) {
                    if (!speakers.add(speaker)) {
                        throw KemoException.configuration(
                                "The speaker [" + speaker + "] stands in the groups " + groups + " twice.",
                                "Name each speaker once.");
                    }
                }
            }
        }
    }

    /**
     * Figures that somebody else published.
     *
     * @param source where, for example {@code KEMO paper, Table IV}
     * @param differences where their data and protocol differ from these
     * @param figures the figures
     */
    public record PublishedTable(
            @Option("Where they stand") String source,
            @Option("Where their data and protocol differ from these") String differences,
            @Option("The figures") List<PublishedFigure> figures) {}

    /**
     * One published figure.
     *
     * @param variant the one of ours that is nearest to it, as the table calls it: {@code text alone}, or of several data sets {@code pairs:
     *     text alone}
     * @param name what it is called there
     * @param accuracy in per cent
     * @param f1 in per cent
     */
    public record PublishedFigure(
            @Option("The variant that is nearest to it, as --plan calls it") String variant,
            @Option("What it is called there") String name,
            @Option(value = "Accuracy", unit = "%", defaultValue = "null") Optional<Double> accuracy,
            @Option(value = "F1", unit = "%", defaultValue = "null") Optional<Double> f1) {
        /** Checks that the figures are in per cent. */
        public PublishedFigure {
            requirePerCent(name, "accuracy", accuracy);
            requirePerCent(name, "f1", f1);
        }

        private static void requirePerCent(String name, String figure, Optional<Double> value) {
            value.filter(share -> share > 0 && share <= 1).ifPresent(share -> {
                throw KemoException.configuration(
                        "The published figure [" + name + "] has [" + figure + ": " + share
                                + "], which would be 1 % or less.",
                        String.format(Locale.ROOT, "Give it in per cent: [%.2f].", 100 * share));
            });
        }
    }
}
