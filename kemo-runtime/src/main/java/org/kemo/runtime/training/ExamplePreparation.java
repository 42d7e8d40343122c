package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.pipeline.ModalityInput;
import org.kemo.runtime.pipeline.ModalityPipeline;

/** Takes utterances through the frozen steps, on all cores that it gets permits for, with the results kept in the cache. */
public final class ExamplePreparation {
    private final List<ModalityPipeline> pipelines;
    private final FeatureCache cache;
    private final Semaphore permits;

    /**
     * What came of it.
     *
     * @param examples in the order of the utterances
     * @param problems what was left out and why, one sentence each
     */
    public record Prepared(List<Example> examples, List<String> problems) {
        /** Copies the lists. */
        public Prepared {
            examples = List.copyOf(examples);
            problems = List.copyOf(problems);
        }
    }

    /**
     * For the modalities of these pipelines; other sources of an utterance are passed over.
     *
     * @param permits one for each group that is at work, shared with other preparations; a group waits for its own
     */
    public ExamplePreparation(List<ModalityPipeline> pipelines, FeatureCache cache, Semaphore permits) {
        this.pipelines = List.copyOf(pipelines);
        this.cache = cache;
        this.permits = permits;
    }

    /**
     * Prepares utterances. One that cannot be read, or in which there is nothing in any of the modalities, is left out and said.
     *
     * @throws KemoException category PLUGIN, where a component breaks on one, naming both
     */
    public Prepared prepare(List<Utterance> utterances, Progress progress) {
        int together = ModalityPipeline.together(pipelines);
        int groups = (utterances.size() + together - 1) / together;
        List<Outcome> outcomes = IntStream.range(0, groups)
                .parallel()
                .mapToObj(group ->
                        utterances.subList(group * together, Math.min(utterances.size(), (group + 1) * together)))
                .flatMap(group -> admitted(group, () -> progress.prepared(utterances.size())).stream())
                .toList();
        return new Prepared(
                outcomes.stream().flatMap(each -> each.example().stream()).toList(),
                outcomes.stream().flatMap(each -> each.problems().stream()).toList());
    }

    private record Outcome(Optional<Example> example, List<String> problems) {}

    private List<Outcome> admitted(List<Utterance> utterances, Runnable prepared) {
        // Whoever interrupts the thread ends the run that comes next.
        permits.acquireUninterruptibly();
        try {
            return prepareTogether(utterances, prepared);
        } finally {
            permits.release();
        }
    }

    private List<Outcome> prepareTogether(List<Utterance> utterances, Runnable prepared) {
        Map<Modality, Function<Source, Optional<ModalityInput>>> preparations = new LinkedHashMap<>();
        for (ModalityPipeline pipeline : pipelines) {
            List<Source> sources = utterances.stream()
                    .flatMap(utterance -> utterance.source(pipeline.modality()).stream())
                    .toList();
            preparations.put(pipeline.modality(), pipeline.preparation(sources, cache));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Utterance utterance : utterances) {
            List<String> problems = new ArrayList<>();
            outcomes.add(new Outcome(prepare(utterance, preparations, problems), problems));
            prepared.run();
        }
        return outcomes;
    }

    private Optional<Example> prepare(
            Utterance utterance,
            Map<Modality, Function<Source, Optional<ModalityInput>>> preparations,
            List<String> problems) {
        Map<Modality, ModalityInput> inputs = new LinkedHashMap<>();
        preparations.forEach((modality, preparation) -> {
            Optional<Source> source = utterance.source(modality);
            if (source.isPresent()) {
                try {
                    preparation.apply(source.get()).ifPresent(input -> inputs.put(modality, input));
                } catch (KemoException e) {
                    if (e.category() != KemoException.Category.INPUT) {
                        throw e;
                    }
                    problems.add(place(utterance, modality) + ": " + e.getMessage());
                } catch (ComponentFailure e) {
                    throw e.words(place(utterance, modality));
                }
            }
        });
        if (inputs.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add("[" + utterance.id() + "] has nothing in "
                        + pipelines.stream().map(ModalityPipeline::modality).toList() + " and was left out.");
            }
            return Optional.empty();
        }
        return Optional.of(new Example(utterance.id(), inputs, utterance.label(), utterance.speaker()));
    }

    private static String place(Utterance utterance, Modality modality) {
        return "[" + utterance.id() + "] " + modality;
    }
}
