package org.kemo.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.TestData;

/** Reads the utterances of CMU-MOSI, where the environment variable KEMO_TEST_DATA leads to them. */
class MosiDataTest {
    @Test
    void readsTextSoundAndFaceOfEveryUtterance() {
        Dataset dataset = read(Context.NONE);

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances()).hasSize(1447);
        assertThat(dataset.utterances())
                .filteredOn(utterance -> utterance.label().orElseThrow().equals("positive"))
                .hasSize(709);
        assertThat(dataset.utterances().stream().map(Utterance::speaker).distinct())
                .hasSize(62);
        Utterance first = dataset.utterances().get(0);
        assertThat(first.id()).isEqualTo("1DmNV9C1hbY_10");
        assertThat(first.source(Modality.of("transcript"))).contains(new Source.Text("KIDS ARE GONNA LOVE THE FILM"));
        assertThat(features(first, "text").shape()).containsExactly(1, 100);
        assertThat(features(first, "audio").shape()).containsExactly(1, 73);
        assertThat(features(first, "video").shape()).containsExactly(1, 100);
        assertThat(features(first, "text").at(0, 0)).isEqualTo(-1.13522f);
    }

    @Test
    void putsEveryUtteranceAmongThoseOfItsVideo() {
        Map<String, FloatTensor> alone = new HashMap<>();
        read(Context.NONE).utterances().forEach(each -> alone.put(each.id(), features(each, "text")));

        for (Utterance utterance : read(Context.GROUP).utterances()) {
            FloatTensor context = features(utterance, "text");
            assertThat(context.size(1)).isEqualTo(101);
            List<Integer> marked = IntStream.range(0, context.size(0))
                    .filter(u -> context.at(u, 100) == 1)
                    .boxed()
                    .toList();
            assertThat(marked).hasSize(1);
            for (int d = 0; d < 100; d++) {
                assertThat(context.at(marked.get(0), d))
                        .isEqualTo(alone.get(utterance.id()).at(0, d));
            }
        }
    }

    private static Dataset read(Context context) {
        return new TabularReader(new TabularOptions(
                        List.of(TestData.at("mosi/mosi_train.tsv")),
                        Map.of(
                                "text", FeatureColumns.withPrefix("t"),
                                "audio", FeatureColumns.withPrefix("a"),
                                "video", FeatureColumns.withPrefix("v")),
                        Map.of("transcript", "transcript"),
                        "segment",
                        "label",
                        Map.of("0", "negative", "1", "positive"),
                        "video",
                        "split",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        context,
                        100,
                        "",
                        ""))
                .read();
    }

    private static FloatTensor features(Utterance utterance, String modality) {
        return ((Source.Features) utterance.source(Modality.of(modality)).orElseThrow()).values();
    }
}
