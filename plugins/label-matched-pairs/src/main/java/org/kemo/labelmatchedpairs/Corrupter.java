package org.kemo.labelmatchedpairs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.kemo.api.Modality;
import org.kemo.api.data.Perturbation;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.labelmatchedpairs.Side.Candidate;

/** Spoils one modality of a pair. */
final class Corrupter {
    private final Corruption corruption;

    Corrupter(Corruption corruption) {
        this.corruption = corruption;
    }

    /**
     * The sources of a pair, at the configured rate with one of them spoiled. A pair of a single modality stays as it is: there
     * would be nothing left to trust.
     *
     * @param pair by modality
     * @param pools of the pair's split, for mismatches
     */
    Map<Modality, Source> sources(Map<Modality, Candidate> pair, List<Pool> pools, Random random) {
        Map<Modality, Source> sources = new LinkedHashMap<>();
        pair.forEach((modality, candidate) -> sources.put(modality, candidate.source()));
        if (random.nextDouble() >= corruption.rate() || pair.size() < 2) {
            return sources;
        }
        List<Modality> spoilable = pair.keySet().stream()
                .filter(modality -> !kinds(modality, sources.get(modality)).isEmpty())
                .toList();
        if (spoilable.isEmpty()) {
            return sources;
        }
        Modality modality = spoilable.get(random.nextInt(spoilable.size()));
        List<CorruptionKind> kinds = kinds(modality, sources.get(modality));
        Optional<Source> spoiled =
                spoil(kinds.get(random.nextInt(kinds.size())), modality, pair.get(modality), pools, random);
        spoiled.ifPresentOrElse(source -> sources.put(modality, source), () -> sources.remove(modality));
        return sources;
    }

    private List<CorruptionKind> kinds(Modality modality, Source source) {
        return corruption.kinds(modality.name(), source).stream()
                .filter(kind -> kind.fits(source))
                .toList();
    }

    private Optional<Source> spoil(
            CorruptionKind kind, Modality modality, Candidate candidate, List<Pool> pools, Random random) {
        return switch (kind) {
            case NOISE ->
                Optional.of(changed(
                        candidate.source(),
                        Perturbations.whiteNoise(corruption.signalToNoise().draw(random), random.nextLong())));
            case CUT -> Optional.of(cut(candidate.source(), random));
            case SILENCE -> Optional.of(changed(candidate.source(), Perturbations.silence()));
            case MISMATCH ->
                // A side with a single label has nothing that does not match.
                Optional.of(pools.stream()
                        .filter(pool -> pool.modality().equals(modality))
                        .flatMap(pool -> pool.drawOther(candidate.label(), random).stream())
                        .findFirst()
                        .orElse(candidate)
                        .source());
            case DROP -> Optional.empty();
        };
    }

    private Source cut(Source source, Random random) {
        double share = corruption.keep().draw(random);
        double place = random.nextDouble();
        if (source instanceof Source.Text text) {
            String[] words = text.text().strip().split("\\s+");
            int count = Math.max(1, (int) Math.round(share * words.length));
            int first = (int) (place * (words.length - count + 1));
            return new Source.Text(String.join(" ", Arrays.copyOfRange(words, first, first + count)));
        }
        return changed(source, Perturbations.cut((1 - share) * place, share));
    }

    private static Source changed(Source source, Perturbation perturbation) {
        return source instanceof Source.AudioFile file
                ? file.then(perturbation)
                : new Source.Sound(perturbation.apply(((Source.Sound) source).waveform()));
    }
}
