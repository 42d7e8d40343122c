package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;

/** What has to hold of every encoder that reads text, beside what {@link EncoderContract} asks: it takes any text. */
// JUnit cannot be required transitively: a plugin would need it to compile.
@SuppressWarnings("exports")
public abstract class TextEncoderContract extends EncoderContract {
    private static final List<String> STRANGE = List.of(
            "\ud83d\ude00 ok",
            "\ud83d",
            "\u0000\u202e\ufeff",
            "e\u0301",
            "İI ıi",
            "\u201cIt\u2019s\u201d \u2013 \u2026");

    /** For authors of encoders. */
    protected TextEncoderContract() {}

    @Override
    protected abstract TextNetworkEncoder encoder();

    /** Texts of several lengths, in the languages that the encoder is for. */
    protected List<String> texts() {
        return List.of(
                "I am so happy to see you again!",
                "no",
                "Мен сені көргеніме өте қуаныштымын.",
                "Не знаю, что и сказать",
                "Бүгін ауа райы жақсы, бірақ көңіл күйім жоқ");
    }

    @Override
    final Tensor steps(NetworkEncoder encoder, RandomGenerator random) {
        return ((TextNetworkEncoder) encoder).tokenize(texts().get(random.nextInt(texts().size())));
    }

    /** A text becomes [L, K], the same each time. */
    @Test
    public final void aTextBecomesStepsOfIds() {
        TextNetworkEncoder encoder = encoder();
        for (String text : texts()) {
            LongTensor ids = encoder.tokenize(text);
            assertThat(ids.rank()).as("axes").isEqualTo(2);
            assertThat(ids.size(0)).as("steps of [%s]", text).isPositive();
            assertThat(ids.size(1)).as("ids of a step").isEqualTo(encoder.width());
            assertThat(Arrays.stream(ids.values()).min().orElseThrow())
                    .as("least id of [%s]", text)
                    .isNotNegative();
            assertThat(encoder().tokenize(text)).as("the same text again").isEqualTo(ids);
        }
    }

    /** Nothing to read gives no step. */
    @Test
    public final void anEmptyTextHasNoSteps() {
        for (String text : List.of("", " ", "\t\n\u00a0")) {
            assertThat(encoder().tokenize(text).shape())
                    .containsExactly(0, encoder().width());
        }
    }

    /** A text without end is cut, one of strange characters is read, and its ids are rows of the tables in which they are looked up. */
    @Test
    public final void takesAnyText() {
        int bound = encoder().tokenize("сөз ".repeat(25_000)).size(0);
        assertThat(encoder().tokenize("сөз ".repeat(50_000)).size(0))
                .as("the bound on steps")
                .isEqualTo(bound);
        assertThat(encoder().tokenize("ә".repeat(100_000)).size(0)).isLessThanOrEqualTo(bound);
        NetworkChecks checks = checks();
        for (String text : STRANGE) {
            LongTensor ids = encoder().tokenize(text);
            assertThat(ids.size(1)).as("ids of a step").isEqualTo(encoder().width());
            // Not every backend refuses one that is negative.
            for (long id : ids.values()) {
                if (id < 0) {
                    checks.failWith("gives the text [%s] the id [%d]. Ids are 0 and above.", text, id);
                }
            }
            try {
                checks.run(List.of(utterance(ids)), new SplittableRandom(seed()));
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "The encoder cannot encode the text [" + text + "]: " + NetworkChecks.sentence(e)
                                + " Its ids have to be rows of each table in which encode looks them up.",
                        e);
            }
        }
    }
}
