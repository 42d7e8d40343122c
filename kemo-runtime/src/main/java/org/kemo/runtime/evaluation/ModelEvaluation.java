package org.kemo.runtime.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.Prediction;
import org.kemo.runtime.model.Prediction.ModalityPrediction;
import org.kemo.runtime.pipeline.ModalityInput;
import org.kemo.runtime.pipeline.ModalityPipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores a model on a data set: the fused answer, or one modality's own, in the model's classes or in its own. */
public final class ModelEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(ModelEvaluation.class);

    private static final int BATCH = 32;
    /** Utterances whose real-time factor is measured. */
    private static final int TIMED = 3;

    private final EmotionModel model;
    private final ScoredLabels scored;
    private final Optional<FeatureCache> cache;
    private final Semaphore permits;

    /**
     * What came of it.
     *
     * @param metrics the figures
     * @param labels the classes that were scored in
     * @param parameters of the model
     * @param rtf seconds of all stages over seconds of sound; 0 without sound
     * @param problems what was left out and why
     * @param notes what every report on these data repeats
     * @param answers what the model said to each utterance that was scored
     * @param truth the position of the true class of each of these
     * @param predicted the position of the class that each of these was taken for, in the answer that is scored
     */
    public record Report(
            Metrics metrics,
            LabelSpace labels,
            ParameterCount parameters,
            double rtf,
            List<String> problems,
            List<String> notes,
            List<Prediction> answers,
            List<Integer> truth,
            List<Integer> predicted) {}

    /**
     * A way of scoring.
     *
     * @throws KemoException category CONFIGURATION, where the model lacks the modality that is scored
     */
    public ModelEvaluation(EmotionModel model, ScoredLabels scored) {
        this(model, scored, Optional.empty(), new Semaphore(1));
    }

    /**
     * The same with the results of frozen steps from a cache, and so without their times.
     *
     * @param permits one for each group of utterances that is prepared at the same time, shared with trainings and other evaluations
     */
    public ModelEvaluation(EmotionModel model, ScoredLabels scored, FeatureCache cache, Semaphore permits) {
        this(model, scored, Optional.of(cache), permits);
    }

    private ModelEvaluation(EmotionModel model, ScoredLabels scored, Optional<FeatureCache> cache, Semaphore permits) {
        this.model = model;
        this.scored = scored;
        this.cache = cache;
        this.permits = permits;
        // Refuses one that the model does not have.
        scored.modality().ifPresent(model.assembly()::alignment);
    }

    /**
     * Scores all utterances that have a label. One that cannot be used costs no other its place.
     *
     * @param progress hears how many utterances are done
     * @throws KemoException category INPUT, where nothing is left to score
     */
    public Report run(Dataset dataset, LongConsumer progress) {
        LabelSpace labels = scored.space(model.assembly());
        List<String> problems = new ArrayList<>(dataset.problems());
        List<Integer> truth = new ArrayList<>();
        List<Prediction> answers = new ArrayList<>();
        List<Utterance> all = dataset.utterances();
        int group = Math.max(BATCH, ModalityPipeline.together(model.assembly().pipelines()));
        LongAdder done = new LongAdder();
        Runnable finished = () -> {
            done.increment();
            progress.accept(done.sum());
        };
        for (int from = 0; from < all.size(); from += group) {
            List<Utterance> usable = new ArrayList<>();
            List<Integer> classes = new ArrayList<>();
            for (Utterance utterance : all.subList(from, Math.min(all.size(), from + group))) {
                try {
                    classes.add(scored.classOf(model.assembly(), label(utterance)));
                    usable.add(utterance);
                } catch (RuntimeException e) {
                    problems.add(problem(utterance, e));
                    finished.run();
                }
            }
            List<EmotionModel.Prepared> prepared = new ArrayList<>();
            permits.acquireUninterruptibly();
            try {
                Function<Utterance, EmotionModel.Prepared> preparation = model.preparation(usable, cache);
                for (int n = 0; n < usable.size(); n++) {
                    try {
                        prepared.add(prepare(usable.get(n), preparation));
                        truth.add(classes.get(n));
                    } catch (RuntimeException | OutOfMemoryError e) {
                        problems.add(problem(usable.get(n), e));
                    }
                    finished.run();
                }
            } finally {
                permits.release();
            }
            answers.addAll(predict(prepared));
        }
        if (answers.isEmpty()) {
            throw KemoException.input(
                    "The data set [" + dataset.name() + "] holds nothing that can be scored: "
                            + (problems.isEmpty() ? "it is empty." : problems.get(0)),
                    "Look at its labels and at the modality that is asked for.");
        }
        double seconds = answers.stream().mapToDouble(Prediction::audioSeconds).sum();
        double work = answers.stream()
                .flatMap(answer -> answer.stages().values().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
        FloatTensor probabilities = probabilities(labels, answers);
        return new Report(
                Metrics.of(labels, truth.stream().mapToInt(Integer::intValue).toArray(), probabilities),
                labels,
                model.card().parameters(),
                seconds == 0 ? 0 : work / seconds,
                problems,
                dataset.notes(),
                answers,
                truth,
                IntStream.range(0, answers.size())
                        .mapToObj(n -> Confusion.mostProbable(probabilities, n))
                        .toList());
    }

    /**
     * Seconds of each stage over seconds of sound, of a few utterances, each analysed three times and timed at the last. One that cannot be
     * used costs no other its time.
     *
     * @return by stage; empty where no sound was read
     */
    public Map<String, Double> realTimeFactors(Dataset dataset) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        double sound = 0;
        for (Utterance utterance : dataset.utterances()
                .subList(0, Math.min(TIMED, dataset.utterances().size()))) {
            if (utterance.sources().values().stream().noneMatch(Source.AudioFile.class::isInstance)) {
                continue;
            }
            try {
                model.predict(utterance);
                model.predict(utterance);
                Prediction prediction = model.predict(utterance);
                prediction.stages().forEach((stage, time) -> seconds.merge(stage, time, Double::sum));
                sound += prediction.audioSeconds();
            } catch (RuntimeException | OutOfMemoryError unusable) {
                // Who scores it says so.
            }
        }
        if (sound == 0) {
            return Map.of();
        }
        double all = sound;
        seconds.replaceAll((stage, time) -> time / all);
        return seconds;
    }

    /** One that is too large, or that a plugin breaks on, is one problem; a model or a device that cannot be had is everybody's. */
    private static String problem(Utterance utterance, Throwable cause) {
        KemoException words = KemoException.of(cause);
        if (cause != words) {
            LOG.debug("[{}] failed", utterance.id(), cause);
        } else if (words.category() != KemoException.Category.INPUT) {
            throw words;
        }
        return "[" + utterance.id() + "] " + words.getMessage();
    }

    private EmotionModel.Prepared prepare(Utterance utterance, Function<Utterance, EmotionModel.Prepared> preparation) {
        EmotionModel.Prepared prepared = preparation.apply(utterance);
        scored.modality()
                .filter(modality -> !prepared.inputs().containsKey(modality))
                .ifPresent(modality -> {
                    throw KemoException.input("There is nothing in [" + modality + "].", "Give it some.");
                });
        return prepared;
    }

    /** In their order, though those of similar length go together: little of a batch is padding. */
    private List<Prediction> predict(List<EmotionModel.Prepared> utterances) {
        int[] order = IntStream.range(0, utterances.size())
                .boxed()
                .sorted(Comparator.comparingInt(n -> steps(utterances.get(n))))
                .mapToInt(Integer::intValue)
                .toArray();
        Prediction[] answers = new Prediction[order.length];
        for (int from = 0; from < order.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
            List<Prediction> some =
                    model.predict(Arrays.stream(batch).mapToObj(utterances::get).toList(), scored.modality());
            for (int i = 0; i < batch.length; i++) {
                answers[batch[i]] = some.get(i);
            }
        }
        return List.of(answers);
    }

    private static int steps(EmotionModel.Prepared utterance) {
        return utterance.inputs().values().stream()
                .mapToInt(ModalityInput::steps)
                .max()
                .orElse(0);
    }

    private static String label(Utterance utterance) {
        return utterance
                .label()
                .orElseThrow(() -> KemoException.input("It has no label.", "Give it one, or leave it out."));
    }

    private FloatTensor probabilities(LabelSpace labels, List<Prediction> answers) {
        float[] rows = new float[answers.size() * labels.size()];
        for (int n = 0; n < answers.size(); n++) {
            Map<String, Double> distribution = distribution(answers.get(n));
            for (int c = 0; c < labels.size(); c++) {
                rows[n * labels.size() + c] = distribution.get(labels.label(c)).floatValue();
            }
        }
        return FloatTensor.of(rows, answers.size(), labels.size());
    }

    private Map<String, Double> distribution(Prediction answer) {
        if (scored.modality().isEmpty()) {
            return answer.probabilities();
        }
        ModalityPrediction own = answer.modalities().get(scored.modality().get().name());
        return scored.labels() == ScoredLabels.Labels.NATIVE ? own.own() : own.probabilities();
    }
}
