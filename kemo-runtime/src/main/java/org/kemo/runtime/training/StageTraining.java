package org.kemo.runtime.training;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Tensor;
import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingEngine;
import org.kemo.api.training.TrainingRequest;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.model.Batch;
import org.kemo.runtime.model.EmotionNetwork;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.model.Safetensors;

/**
 * Trains one stage: epochs of shuffled, length-bucketed batches; the learning rate of each step; the accuracy on the validation
 * data after each epoch, which decides on early stopping; averaging of the last epochs; a checkpoint after each, and every few
 * minutes within one.
 *
 * <p>Every choice at random depends on the seed, the epoch and the step alone, so that a run that was killed goes on with the same
 * bits.
 */
final class StageTraining {
    /** The name of the metric that holds the number of epochs. */
    static final String EPOCHS = "epochs";

    private static final String BEST = "best";

    private static final String AVERAGE = "average";

    private static final int EVALUATION_BATCH = 64;

    private final StageConfiguration stage;
    private final EmotionNetwork network;
    private final List<ModalityNetwork> trained;
    private final FittedValues fitted;
    private final ModelAssembly assembly;
    private final Function<Example, Optional<String>> aligned;
    private final long seed;
    private final Duration between;
    private final Progress progress;

    /**
     * A stage over a network.
     *
     * @param network the modalities of the stage, with the fusion strategy where it is trained
     * @param fitted what encoders and the strategy took from the data by themselves; training leaves it as it is
     * @param assembly of the model, which says where labels go and whose the answers are
     * @param between the time from one checkpoint to the next within an epoch
     */
    StageTraining(
            StageConfiguration stage,
            EmotionNetwork network,
            FittedValues fitted,
            ModelAssembly assembly,
            long seed,
            Duration between,
            Progress progress) {
        this.stage = stage;
        this.network = network;
        this.trained = network.modalities().stream()
                .filter(each -> stage.modalities().contains(each.modality().name()))
                .toList();
        this.fitted = fitted;
        this.assembly = assembly;
        this.aligned = example -> example.aligned(assembly);
        this.seed = seed;
        this.between = between;
        this.progress = progress;
    }

    FinishedStages.Finished run(
            TrainingEngine engine,
            Map<String, FloatTensor> initial,
            List<Versions> training,
            List<Example> validation,
            Checkpoint checkpoint) {
        StageObjective objective =
                new StageObjective(trained, stage.fusion() ? network.labels().size() : 0);
        Map<String, FloatTensor> pretrained = pretrained();
        Map<String, FloatTensor> begin = new LinkedHashMap<>(pretrained);
        begin.putAll(initial);
        begin.putAll(fitted.byName());
        Map<String, Double> rates = new LinkedHashMap<>();
        pretrained.keySet().forEach(name -> rates.put(name, stage.pretrainedRate()));
        TrainingRequest request =
                new TrainingRequest(network.withLoss(), objective, stage.optimizer(), begin, frozen(), rates, seed);
        try (Trainer trainer = engine.open(request)) {
            if (trainer.parameters().keySet().stream().allMatch(request::isFrozen)) {
                progress.note("The stage [" + stage.name() + "] has nothing that steps of training would change.");
                return result(trainer, 0, validation);
            }
            return run(trainer, training, validation, checkpoint);
        }
    }

    private FinishedStages.Finished run(
            Trainer trainer, List<Versions> training, List<Example> validation, Checkpoint checkpoint) {
        Steps steps = new Steps(trainer, training);
        Optional<Position> resumed = checkpoint.position(stage.name());
        Position at = resumed.orElse(Position.BEGIN);
        ParameterAverage average = new ParameterAverage(at.averaged());
        Map<String, FloatTensor> bestParameters = Map.of();
        if (resumed.isPresent()) {
            trainer.restore(checkpoint.state(at));
            if (at.bestEpoch() > 0 && stage.patience() > 0) {
                bestParameters = checkpoint.read(BEST, at);
            }
            if (average.count() > 0) {
                average.restore(checkpoint.read(AVERAGE, at));
            }
            progress.note("The stage [" + stage.name() + "] goes on after epoch [" + at.epoch() + "]"
                    + (at.step() > 0 ? " and [" + at.step() + "] steps of the next" : "") + ".");
        }

        progress.begins(stage.name(), steps.all() - steps.before(at));
        int firstAveraged = stage.epochs() - (int) Math.round(stage.averageLast() * stage.epochs());
        // Not toNanos, which refuses what is more than 292 years.
        long nanosBetween = TimeUnit.NANOSECONDS.convert(between);
        long kept = System.nanoTime();
        while (at.epoch() < stage.epochs()
                && !(stage.patience() > 0 && at.epoch() - at.bestEpoch() >= stage.patience())) {
            List<List<Example>> batches = steps.batches(at.epoch());
            for (List<Example> batch : batches.subList(at.step(), batches.size())) {
                at = at.afterStep(steps.take(batch, at));
                if (System.nanoTime() - kept >= nanosBetween) {
                    keep(trainer, checkpoint, at);
                    kept = System.nanoTime();
                }
                progress.stepped();
            }
            double accuracy = validation.isEmpty() ? Double.NaN : accuracy(trainer, validation);
            at = at.afterEpoch(accuracy);
            if (stage.patience() > 0 && at.isBest()) {
                bestParameters = trainer.parameters();
            }
            if (at.epoch() > firstAveraged) {
                average.add(trainer.parameters());
                at = at.withAveraged(average.count());
            }
            progress.epoch(stage.name(), at.epoch(), stage.epochs(), at.lastLoss(), accuracy);
            if (!bestParameters.isEmpty()) {
                Safetensors.write(checkpoint.tensors(BEST, at), bestParameters);
            }
            if (average.count() > 0) {
                Safetensors.write(checkpoint.tensors(AVERAGE, at), average.mean());
            }
            keep(trainer, checkpoint, at);
            kept = System.nanoTime();
        }

        if (stage.patience() > 0 && at.bestEpoch() > 0) {
            trainer.load(bestParameters);
        } else if (average.count() > 0) {
            trainer.load(average.mean());
        }
        return result(trainer, at.epoch(), validation);
    }

    private void keep(Trainer trainer, Checkpoint checkpoint, Position at) {
        trainer.save(checkpoint.state(at));
        checkpoint.write(stage.name(), at);
        checkpoint.keepOnly(at);
    }

    private FinishedStages.Finished result(Trainer trainer, int epochs, List<Example> validation) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(EPOCHS, (double) epochs);
        if (!validation.isEmpty()) {
            metrics.put("validationAccuracy", accuracy(trainer, validation));
        }
        return new FinishedStages.Finished(trainer.parameters(), metrics);
    }

    /** What encoders bring along, by scoped name. */
    private Map<String, FloatTensor> pretrained() {
        Map<String, FloatTensor> all = new LinkedHashMap<>();
        for (ModalityNetwork modality : network.modalities()) {
            all.putAll(NetworkParameters.scoped(
                    modality.encoderScope(), modality.encoder().pretrained()));
        }
        return all;
    }

    /** What stays: the modalities that the stage does not train, and what was taken from the data without training. */
    private Set<String> frozen() {
        TreeSet<String> frozen = new TreeSet<>(fitted.byName().keySet());
        for (ModalityNetwork modality : network.modalities()) {
            if (!trained.contains(modality)) {
                frozen.add(modality.modality().name());
            }
        }
        if (!stage.fusion()) {
            frozen.add(EmotionNetwork.FUSION);
        }
        return frozen;
    }

    private Map<String, Tensor> inputs(List<Example> examples) {
        return Batch.inputs(
                network.modalities(), examples.stream().map(Example::inputs).toList());
    }

    /** What sampling goes by: the label of the model where the strategy is trained, else the data's own. */
    private Optional<String> classOf(Example example) {
        return stage.fusion() ? aligned.apply(example) : example.label();
    }

    /**
     * The share of validation examples whose label has the highest probability: in the fused answer where the strategy is trained,
     * else the mean over the own answers of those modalities for which one counts.
     *
     * @throws KemoException category PLUGIN, where answers are no probabilities
     */
    private double accuracy(Trainer trainer, List<Example> validation) {
        List<Example> sorted = validation.stream()
                .sorted(Comparator.comparingInt(Example::steps))
                .toList();
        List<Accuracy> accuracies = stage.fusion()
                ? List.of(new Accuracy(EmotionNetwork.PROBABILITIES, network.labels(), aligned))
                : trained.stream().map(StageTraining::accuracyOf).toList();
        for (int from = 0; from < sorted.size(); from += EVALUATION_BATCH) {
            List<Example> batch = sorted.subList(from, Math.min(sorted.size(), from + EVALUATION_BATCH));
            Map<String, FloatTensor> outputs = trainer.evaluate(inputs(batch));
            assembly.requireProbabilities(
                    outputs, batch.stream().map(Example::id).toList(), Optional.empty());
            accuracies.forEach(each -> each.add(batch, outputs));
        }
        return accuracies.stream()
                .flatMapToDouble(each -> each.share().stream())
                .average()
                .orElse(0);
    }

    private static Accuracy accuracyOf(ModalityNetwork modality) {
        return new Accuracy(modality.probabilities(), modality.alignment().from(), example -> example.label()
                .filter(any -> example.inputs().containsKey(modality.modality())));
    }

    /** Counts how often the most probable class is the label; examples without a label among the classes do not count. */
    private static final class Accuracy {
        private final String output;
        private final LabelSpace labels;
        private final Function<Example, Optional<String>> labelOf;
        private int right;
        private int all;

        Accuracy(String output, LabelSpace labels, Function<Example, Optional<String>> labelOf) {
            this.output = output;
            this.labels = labels;
            this.labelOf = labelOf;
        }

        void add(List<Example> batch, Map<String, FloatTensor> outputs) {
            for (int row = 0; row < batch.size(); row++) {
                Optional<String> label = labelOf.apply(batch.get(row)).filter(labels::contains);
                if (label.isPresent()) {
                    all++;
                    right += labels.indexOf(label.get()) == largest(outputs.get(output), row) ? 1 : 0;
                }
            }
        }

        /** Empty where no example counts. */
        OptionalDouble share() {
            return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / all);
        }
    }

    private static int largest(FloatTensor probabilities, int row) {
        int best = 0;
        for (int c = 1; c < probabilities.size(1); c++) {
            if (probabilities.at(row, c) > probabilities.at(row, best)) {
                best = c;
            }
        }
        return best;
    }

    /** The steps of all epochs. */
    private final class Steps {
        private final Trainer trainer;
        private final EpochBatches batches;
        private final int perEpoch;
        private final Targeting targeting;
        private final Augmenter augmenter = new Augmenter(stage.augmentation());
        private final Mixup mixup =
                new Mixup(stage.augmentation().mixup(), stage.augmentation().mixupRate());
        private final LearningRate rate;

        Steps(Trainer trainer, List<Versions> training) {
            this.trainer = trainer;
            this.batches = new EpochBatches(stage, training, StageTraining.this::classOf, seed);
            this.perEpoch = batches.perEpoch();
            this.targeting =
                    new Targeting(training.stream().map(Versions::original).toList());
            this.rate = new LearningRate(
                    stage.learningRate(),
                    Math.round(stage.warmup() * perEpoch * stage.epochs()),
                    all(),
                    stage.schedule());
        }

        long all() {
            return (long) perEpoch * stage.epochs();
        }

        long before(Position at) {
            return (long) perEpoch * at.epoch() + at.step();
        }

        List<List<Example>> batches(int epoch) {
            return batches.of(epoch);
        }

        /** Takes a step, and gives its loss. */
        double take(List<Example> batch, Position at) {
            SplittableRandom random = new SplittableRandom(Seeds.of(seed, at.epoch(), at.step()));
            List<Example> changed = batch.stream()
                    .map(example -> augmenter.augment(network.modalities(), example, random))
                    .toList();
            Mixup.Mixed mixed = mixup.mix(network.modalities(), inputs(changed), targeting.of(changed), random);
            return trainer.step(mixed.inputs(), mixed.targets(), rate.at(before(at)));
        }
    }

    /** The targets of a batch, with class weights measured over the training data. */
    private final class Targeting {
        private final Map<ModalityNetwork, Targets> own = new LinkedHashMap<>();
        private final Optional<Targets> whole;

        Targeting(List<Example> training) {
            for (ModalityNetwork modality : trained) {
                own.put(
                        modality,
                        Targets.of(
                                modality.alignment().from(),
                                stage,
                                training.stream().map(Example::label)));
            }
            whole = stage.fusion()
                    ? Optional.of(Targets.of(
                            network.labels(), stage, training.stream().map(aligned)))
                    : Optional.empty();
        }

        Map<String, Tensor> of(List<Example> batch) {
            Map<String, Tensor> targets = new LinkedHashMap<>();
            own.forEach((modality, each) -> targets.put(
                    StageObjective.target(modality),
                    each.of(batch.stream()
                            .map(example -> example.inputs().containsKey(modality.modality())
                                    ? example.label()
                                            .filter(modality.alignment().from()::contains)
                                    : Optional.<String>empty())
                            .toList())));
            whole.ifPresent(each -> targets.put(
                    StageObjective.TARGET, each.of(batch.stream().map(aligned).toList())));
            return targets;
        }
    }
}
