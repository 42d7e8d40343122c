package org.kemo.labelmatchedpairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;

class LabelMatchedPairsReaderTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");
    private static final List<String> LABELS = List.of("neutral", "happy", "sad");
    private static final Map<String, Map<String, String>> ALIGN =
            Map.of("audio", Map.of("calm", "neutral"), "text", Map.of("joy", "happy", "sadness", "sad"));
    private static final Corruption NONE = corruption(0, Map.of());

    @Test
    void pairsEachClipWithASentenceOfTheSameAlignedLabel() {
        Dataset dataset = new LabelMatchedPairsReaderFactory()
                .create(options(60, Unmatched.LEAVE_OUT, NONE, 1))
                .read();

        assertThat(dataset.utterances()).hasSize(60).allSatisfy(pair -> {
            assertThat(clip(pair)).startsWith(pair.label().orElseThrow());
            assertThat(text(pair)).startsWith(pair.label().orElseThrow());
            assertThat(pair.speaker()).contains(clip(pair).replaceAll(".*-", ""));
        });
        assertThat(dataset.utterances()).extracting(Utterance::id).doesNotHaveDuplicates();
    }

    @Test
    void neverMixesSplitsAndSpreadsThePairsInProportion() {
        Dataset dataset = read(options(101, Unmatched.LEAVE_OUT, NONE, 1));

        assertThat(dataset.utterances())
                .allSatisfy(pair ->
                        assertThat(text(pair)).contains(pair.split().name()).endsWith(clipSplit(pair)));
        // 16 clips for training and 4 for validation that are happy or sad.
        assertThat(dataset.utterances().stream()
                        .collect(Collectors.groupingBy(Utterance::split, Collectors.counting())))
                .isEqualTo(Map.of(Split.TRAIN, 81L, Split.VALIDATION, 20L));
    }

    @Test
    void usesEveryClipAboutEquallyOften() {
        Map<String, Long> uses = read(options(100, Unmatched.LEAVE_OUT, NONE, 1)).utterances().stream()
                .collect(Collectors.groupingBy(LabelMatchedPairsReaderTest::clip, Collectors.counting()));

        assertThat(uses).hasSize(20).allSatisfy((clip, count) -> assertThat(count)
                .isEqualTo(5));
    }

    @Test
    void pairsAClipWhoseLabelNoSentenceHasWithNothingOrLeavesItOut() {
        Dataset kept = read(options(300, Unmatched.KEEP, NONE, 1));
        assertThat(kept.utterances())
                .filteredOn(pair -> pair.label().orElseThrow().equals("neutral"))
                .hasSize(100)
                .allSatisfy(pair -> assertThat(pair.sources()).containsOnlyKeys(AUDIO));
        assertThat(kept.notes())
                .contains("Nothing has the label [neutral] in [text], split [TRAIN]: the pairs of [8] utterances are"
                        + " without that modality.");

        Dataset leftOut = read(options(300, Unmatched.LEAVE_OUT, NONE, 1));
        assertThat(leftOut.utterances())
                .extracting(pair -> pair.label().orElseThrow())
                .containsOnly("happy", "sad");
        assertThat(leftOut.problems())
                .contains("Nothing has the label [neutral] in [text], split [TRAIN]: [8] utterances are left out.");
    }

    @Test
    void saysInANoteThatThePairsAreSyntheticAndRepeatsTheNotesOfItsSides() {
        Dataset dataset = read(options(10, Unmatched.LEAVE_OUT, corruption(0.5, Map.of()), 1));

        assertThat(dataset.name()).isEqualTo("label-matched pairs (clips with lines)");
        assertThat(dataset.paired()).isTrue();
        assertThat(dataset.notes())
                .containsExactly(
                        "Pairs are synthetic: [audio] of clips is joined with random [text] of lines of the same label;"
                                + " they were never recorded together.",
                        "Of the pairs of several modalities, a share of [0.5] had one modality spoiled on purpose:"
                                + " audio by [noise, cut], text by [mismatch].",
                        "A note of the clips.");
    }

    @Test
    void givesTheSamePairsForTheSameSeedAndOthersForAnother() {
        Corruption corruption = corruption(0.5, Map.of());

        List<Utterance> once = read(options(50, Unmatched.KEEP, corruption, 7)).utterances();

        assertThat(read(options(50, Unmatched.KEEP, corruption, 7)).utterances())
                .isEqualTo(once);
        assertThat(read(options(50, Unmatched.KEEP, corruption, 8)).utterances())
                .isNotEqualTo(once);
    }

    @Test
    void spoilsOneModalityAtTheRateAndNeverBoth() {
        Corruption corruption = corruption(
                0.5, Map.of("audio", List.of(CorruptionKind.NOISE), "text", List.of(CorruptionKind.MISMATCH)));

        List<Utterance> pairs =
                read(options(4_000, Unmatched.LEAVE_OUT, corruption, 1)).utterances();

        long noisy = pairs.stream()
                .filter(pair -> !audio(pair).perturbations().isEmpty())
                .count();
        long mismatched = pairs.stream()
                .filter(pair -> !text(pair).startsWith(pair.label().orElseThrow()))
                .count();
        // 1,000 of 4,000 are expected of each; the deviation is 27.
        assertThat(noisy).isBetween(890L, 1_110L);
        assertThat(mismatched).isBetween(890L, 1_110L);
        assertThat(pairs)
                .noneMatch(pair -> !audio(pair).perturbations().isEmpty()
                        && !text(pair).startsWith(pair.label().orElseThrow()));
        assertThat(pairs).allMatch(pair -> text(pair).endsWith(clipSplit(pair)));
    }

    @Test
    void saysOfWhichPairsAShareIsSpoiled() {
        Corruption corruption = corruption(
                0.5, Map.of("audio", List.of(CorruptionKind.NOISE), "text", List.of(CorruptionKind.MISMATCH)));

        Dataset dataset = read(options(3_000, Unmatched.KEEP, corruption, 1));

        assertThat(dataset.notes())
                .contains("Of the pairs of several modalities, a share of [0.5] had one modality spoiled on purpose:"
                        + " audio by [noise], text by [mismatch].");
        assertThat(dataset.utterances())
                .filteredOn(pair -> pair.sources().size() == 1)
                .hasSize(1_000)
                .allSatisfy(pair -> assertThat(audio(pair).perturbations()).isEmpty());
        // 1,000 of 2,000 are expected; the deviation is 22.
        assertThat(dataset.utterances())
                .filteredOn(pair -> pair.sources().size() == 2)
                .filteredOn(pair -> !audio(pair).perturbations().isEmpty()
                        || !text(pair).startsWith(pair.label().orElseThrow()))
                .hasSizeBetween(890, 1_110);
    }

    @Test
    void drawsNoiseWithinItsRangeAndANewOneForEachPair() {
        Corruption corruption =
                new Corruption(1, Map.of("audio", List.of(CorruptionKind.NOISE)), new Range(3, 5), new Range(0.5, 0.5));

        List<String> noises = read(options(200, Unmatched.LEAVE_OUT, corruption, 1)).utterances().stream()
                .map(pair -> audio(pair).perturbations().get(0).fingerprint())
                .toList();

        assertThat(noises)
                .hasSize(200)
                .doesNotHaveDuplicates()
                .allMatch(noise -> noise.matches("white-noise\\([34]\\.\\d+ dB, seed -?\\d+\\)"));
    }

    @Test
    void keepsConsecutiveWordsOfASentenceThatIsCut() {
        Corruption corruption =
                new Corruption(1, Map.of("text", List.of(CorruptionKind.CUT)), new Range(0, 0), new Range(0.5, 0.5));

        assertThat(read(options(100, Unmatched.LEAVE_OUT, corruption, 1)).utterances())
                .allSatisfy(pair -> {
                    assertThat(audio(pair).perturbations()).isEmpty();
                    assertThat(text(pair).split(" ")).hasSize(2);
                    assertThat(pair.label().orElseThrow() + " one two " + pair.split())
                            .contains(text(pair));
                })
                .extracting(LabelMatchedPairsReaderTest::text)
                .contains("happy one", "one two", "two TRAIN");
    }

    @Test
    void dropsOrSilencesAModality() {
        Corruption corruption =
                corruption(1, Map.of("audio", List.of(CorruptionKind.SILENCE), "text", List.of(CorruptionKind.DROP)));

        List<Utterance> pairs =
                read(options(100, Unmatched.LEAVE_OUT, corruption, 1)).utterances();

        assertThat(pairs)
                .allMatch(pair -> pair.sources().size() == 1
                        ? pair.source(TEXT).isEmpty()
                                && audio(pair).perturbations().isEmpty()
                        : audio(pair).perturbations().get(0).fingerprint().equals("silence"));
        assertThat(pairs)
                .anyMatch(pair -> pair.sources().size() == 1)
                .anyMatch(pair -> pair.sources().size() == 2);
    }

    @Test
    void doesNotSpoilTheOnlyModalityOfAPair() {
        Corruption corruption = corruption(1, Map.of("audio", List.of(CorruptionKind.DROP)));

        assertThat(read(options(300, Unmatched.KEEP, corruption, 1)).utterances())
                .allMatch(pair -> pair.label().orElseThrow().equals("neutral")
                        ? pair.sources().keySet().equals(Set.of(AUDIO))
                        : pair.sources().keySet().equals(Set.of(TEXT)));
    }

    @Test
    void spoilsSoundThatIsInMemory() {
        Source.Sound sound = new Source.Sound(new Waveform(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 16_000));
        Map<String, DatasetReader> sources = new LinkedHashMap<>();
        sources.put(
                "audio",
                () -> new Dataset(
                        "sounds", List.of(utterance("a", AUDIO, sound, "happy", Split.NONE)), List.of(), List.of()));
        sources.put(
                "text",
                () -> new Dataset(
                        "lines",
                        List.of(utterance("b", TEXT, new Source.Text("yes"), "happy", Split.NONE)),
                        List.of(),
                        List.of()));
        Corruption corruption = corruption(1, Map.of("audio", List.of(CorruptionKind.CUT)));

        Utterance pair = read(new PairsOptions(sources, LABELS, Map.of(), 1, Unmatched.KEEP, corruption, 1))
                .utterances()
                .get(0);

        assertThat(pair.id()).isEqualTo("1:a+b");
        assertThat(((Source.Sound) pair.source(AUDIO).orElseThrow()).waveform().samples())
                .hasSizeBetween(1, 3);
    }

    @Test
    void pairsThreeModalities() {
        Map<String, DatasetReader> sources = new LinkedHashMap<>(sources());
        sources.put(
                "face",
                () -> new Dataset(
                        "faces",
                        List.of(
                                utterance("f1", Modality.of("face"), new Source.Text("happy"), "happy", Split.TRAIN),
                                utterance("f2", Modality.of("face"), new Source.Text("sad"), "sad", Split.TRAIN)),
                        List.of(),
                        List.of()));

        Dataset dataset = read(new PairsOptions(sources, LABELS, ALIGN, 40, Unmatched.LEAVE_OUT, NONE, 1));

        assertThat(dataset.utterances()).hasSize(40).allSatisfy(pair -> assertThat(pair.source(Modality.of("face")))
                .contains(new Source.Text(pair.label().orElseThrow())));
        assertThat(dataset.problems())
                .contains(
                        "The [6] utterances of [audio] in the split [VALIDATION] are left out: there are none of [face]"
                                + " in it.");
    }

    @Test
    void countsWhatHasNoPlaceAmongTheLabels() {
        Map<String, Map<String, String>> align =
                Map.of("audio", Map.of("clam", "neutral"), "text", Map.of("joy", "happy", "sadness", "sad"));

        Dataset dataset = read(new PairsOptions(sources(), LABELS, align, 10, Unmatched.LEAVE_OUT, NONE, 1));

        assertThat(dataset.problems())
                .contains(
                        "Of [clips] [10] utterances are left out that have the label [calm], which is not one of [neutral,"
                                + " happy, sad] (align it under align.audio to use them).",
                        "Under align.audio stands [clam], a label that no utterance of [clips] has.");
    }

    @Test
    void refusesSidesThatHaveNoSplitInCommon() {
        Map<String, DatasetReader> sources = new LinkedHashMap<>(sources());
        sources.put(
                "text",
                () -> new Dataset(
                        "lines",
                        List.of(utterance("b", TEXT, new Source.Text("yes"), "joy", Split.TEST)),
                        List.of(),
                        List.of()));

        assertThatThrownBy(() -> read(new PairsOptions(
                        sources, LABELS, Map.of("text", Map.of("joy", "happy")), 10, Unmatched.KEEP, NONE, 1)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("there are none of [text] in it")
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    @Test
    void refusesOptionsThatDoNotFit() {
        assertThatThrownBy(() ->
                        new PairsOptions(sources(), LABELS, Map.of("sound", Map.of()), 10, Unmatched.KEEP, NONE, 1))
                .hasMessageContaining("The modality [sound] in align is not one of the sources [audio, text]");
        assertThatThrownBy(() -> new PairsOptions(
                        sources(), LABELS, Map.of("text", Map.of("joy", "hapy")), 10, Unmatched.KEEP, NONE, 1))
                .hasMessageContaining("[hapy]");
        assertThatThrownBy(() -> new PairsOptions(
                        Map.of("audio", sources().get("audio")), LABELS, Map.of(), 10, Unmatched.KEEP, NONE, 1))
                .hasMessageContaining("too few");
        assertThatThrownBy(() -> read(
                        options(10, Unmatched.KEEP, corruption(1, Map.of("text", List.of(CorruptionKind.NOISE))), 1)))
                .hasMessageContaining("The modality [text] cannot be spoiled by [noise]");
        assertThatThrownBy(() -> new Range(2, 1)).isInstanceOf(KemoException.class);
        assertThatThrownBy(() -> new Corruption(0.5, Map.of(), new Range(0, 1), new Range(0, 1)))
                .isInstanceOf(KemoException.class);
    }

    private static Dataset read(PairsOptions options) {
        return new LabelMatchedPairsReader(options).read();
    }

    private static PairsOptions options(int pairs, Unmatched unmatched, Corruption corruption, long seed) {
        return new PairsOptions(sources(), LABELS, ALIGN, pairs, unmatched, corruption, seed);
    }

    private static Corruption corruption(double rate, Map<String, List<CorruptionKind>> kinds) {
        return new Corruption(rate, kinds, new Range(-5, 15), new Range(0.2, 0.6));
    }

    /** For each of five actors two clips of each of three labels; the fifth is for validation. Lines of two labels and splits. */
    private static Map<String, DatasetReader> sources() {
        List<Utterance> clips = new ArrayList<>();
        for (int actor = 1; actor <= 5; actor++) {
            for (String label : List.of("calm", "happy", "sad")) {
                for (int repetition = 1; repetition <= 2; repetition++) {
                    String name = label + "-" + repetition + "-" + actor;
                    clips.add(new Utterance(
                            name,
                            Map.of(AUDIO, Source.AudioFile.of(Path.of(name))),
                            Optional.of(label),
                            Optional.of(Integer.toString(actor)),
                            actor == 5 ? Split.VALIDATION : Split.TRAIN));
                }
            }
        }
        List<Utterance> lines = new ArrayList<>();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            for (String label : List.of("joy", "sadness")) {
                String aligned = label.equals("joy") ? "happy" : "sad";
                for (int i = 0; i < 7; i++) {
                    lines.add(utterance(
                            label + i + split, TEXT, new Source.Text(aligned + " one two " + split), label, split));
                }
            }
        }
        Map<String, DatasetReader> sources = new LinkedHashMap<>();
        sources.put("audio", () -> new Dataset("clips", clips, List.of("A note of the clips."), List.of()));
        sources.put("text", () -> new Dataset("lines", lines, List.of(), List.of()));
        return sources;
    }

    private static Utterance utterance(String id, Modality modality, Source source, String label, Split split) {
        return new Utterance(id, Map.of(modality, source), Optional.of(label), Optional.empty(), split);
    }

    private static Source.AudioFile audio(Utterance pair) {
        return (Source.AudioFile) pair.source(AUDIO).orElseThrow();
    }

    private static String clip(Utterance pair) {
        return audio(pair).path().toString();
    }

    private static String clipSplit(Utterance pair) {
        return clip(pair).endsWith("5") ? "VALIDATION" : "TRAIN";
    }

    private static String text(Utterance pair) {
        return ((Source.Text) pair.source(TEXT).orElseThrow()).text();
    }
}
