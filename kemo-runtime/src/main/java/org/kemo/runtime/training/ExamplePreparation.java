package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.pipeline.ModalityInput;
import org.kemo.runtime.pipeline.ModalityPipeline;

/** Takes utterances through the frozen steps, on all cores, with the results kept in the cache. */
public final class ExamplePreparation {
    private final List<ModalityPipeline> pipelines;
    private final FeatureCache cache;

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

    /** For the modalities of these pipelines; other sources of an utterance are passed over. */
    public ExamplePreparation(List<ModalityPipeline> pipelines, FeatureCache cache) {
        this.pipelines = List.copyOf(pipelines);
        this.cache = cache;
    }

    /**
     * Prepares utterances. One that cannot be read, or in which there is nothing in any of the modalities, is left out and said.
     */
    public Prepared prepare(List<Utterance> utterances, Progress progress) {
        record Outcome(Optional<Example> example, List<String> problems) {}
        List<Outcome> outcomes = IntStream.range(0, utterances.size())
                .parallel()
                .mapToObj(i -> {
                    List<String> problems = new ArrayList<>();
                    Optional<Example> example = prepare(utterances.get(i), problems);
                    progress.prepared(utterances.size());
                    return new Outcome(example, problems);
                })
                .toList();
        return new Prepared(
                outcomes.stream().flatMap(each -> each.example().stream()).toList(),
                outcomes.stream().flatMap(each -> each.problems().stream()).toList());
    }

    private Optional<Example> prepare(Utterance utterance, List<String> problems) {
        Map<Modality, ModalityInput> inputs = new LinkedHashMap<>();
        for (ModalityPipeline pipeline : pipelines) {
            Optional<Source> source = utterance.source(pipeline.modality());
            if (source.isPresent()) {
                try {
                    pipeline.prepare(source.get(), cache).ifPresent(input -> inputs.put(pipeline.modality(), input));
                } catch (KemoException e) {
                    if (e.category() != KemoException.Category.INPUT) {
                        throw e;
                    }
                    problems.add("[" + utterance.id() + "] " + pipeline.modality() + ": " + e.getMessage());
                }
            }
        }
        if (inputs.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add("[" + utterance.id() + "] has nothing in "
                        + pipelines.stream().map(ModalityPipeline::modality).toList() + " and was left out.");
            }
            return Optional.empty();
        }
        return Optional.of(new Example(utterance.id(), inputs, utterance.label(), utterance.speaker()));
    }
}
