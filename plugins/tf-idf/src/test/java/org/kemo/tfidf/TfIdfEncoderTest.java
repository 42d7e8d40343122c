package org.kemo.tfidf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;
import org.kemo.api.testkit.EncoderExample;

/** Reference: scikit-learn's TfidfVectorizer in reference.py beside this test's resources. */
final class TfIdfEncoderTest {
    private static final int BUCKETS = 1009;

    private static final List<String> TRAINING =
            List.of("i feel so sad so alone", "i feel Happy today", "Мен бүгін бақыттымын", "мен қайғылымын today");

    @Test
    void weighsWordsAsScikitLearnDoes() {
        TfIdfOptions options = options(1, 0);
        assertIs(options, "so so happy today", Map.of("so", 0.843529564, "happy", 0.421764782, "today", 0.332524199));
        assertIs(
                options,
                "мен бүгін sad feel feel",
                Map.of("feel", 0.697684463, "sad", 0.442462138, "мен", 0.348842232, "бүгін", 0.442462138));
    }

    @Test
    void weighsPairsAsScikitLearnDoes() {
        TfIdfOptions options = options(2, 0);
        assertIs(
                options,
                "so so happy today",
                Map.of("so", 0.777228585, "happy", 0.388614293, "today", 0.306387972, "happy today", 0.388614293));
        assertIs(
                options,
                "мен бүгін sad feel feel",
                Map.of(
                        "feel",
                        0.638020638,
                        "sad",
                        0.404624139,
                        "мен",
                        0.319010319,
                        "бүгін",
                        0.404624139,
                        "мен бүгін",
                        0.404624139));
    }

    @Test
    void wordsOfNoTrainingTextDoNotCount() {
        assertIs(options(1, 0), "nothing of it", Map.of());
    }

    @Test
    void cutsWordsToTheirStems() {
        Terms stems = new Terms(options(1, 4));
        assertThat(stems.count("қайғылымын қайғылы қай")).isEqualTo(new Terms(options(1, 0)).count("қайғ қайғ қай"));
    }

    @Test
    void readsAsManyTermsAsItMay() {
        Terms few = new Terms(new TfIdfOptions(BUCKETS, 1, 0, 2, 4));
        assertThat(few.count("aa bb cc aa"))
                .isEqualTo(LongTensor.of(new long[] {few.bucket("aa"), 2, few.bucket("bb"), 1}, 2, 2));
    }

    @Test
    void countsATermAThousandTimesAtMost() {
        Terms terms = new Terms(options(1, 0));
        assertThat(terms.count("aa ".repeat(5000)).values()).containsExactly(terms.bucket("aa"), 1000);
        assertThat(terms.count("aa ".repeat(999)).values()).containsExactly(terms.bucket("aa"), 999);
    }

    private static TfIdfOptions options(int longestTerm, int stem) {
        return new TfIdfOptions(BUCKETS, longestTerm, stem, 1000, BUCKETS);
    }

    /** With the identity for its matrix the encoder gives the weight of each bucket. */
    private static void assertIs(TfIdfOptions options, String text, Map<String, Double> weights) {
        TfIdfEncoder encoder = new TfIdfEncoder(options);
        List<Tensor> training = TRAINING.stream().<Tensor>map(encoder::tokenize).toList();
        Map<String, FloatTensor> parameters = new LinkedHashMap<>(encoder.fit(training));
        parameters.put("weight", identity());
        float[] pooled = new EncoderExample(encoder)
                .with(encoder.tokenize(text))
                .answer(parameters)
                .get("pooled")
                .values();
        float[] expected = new float[BUCKETS];
        Terms hashing = new Terms(options);
        weights.forEach((term, weight) -> expected[(int) hashing.bucket(term) - 1] = weight.floatValue());
        assertThat(pooled).containsExactly(expected, within(1e-6f));
    }

    private static FloatTensor identity() {
        FloatTensor identity = FloatTensor.zeros(BUCKETS + 1, BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            identity.values()[(i + 1) * BUCKETS + i] = 1;
        }
        return identity;
    }
}
