package org.kemo.subword;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kemo.api.network.LongTensor;

/** The hashes are FNV-1a's as Python computes them: {@code h ^= b; h = h * 0x01000193 & 0xffffffff} over UTF-8. */
class SubwordTokenizerTest {
    private final SubwordTokenizer tokenizer =
            new SubwordTokenizer(new SubwordOptions(20000, 48, 3, 7, 2, 4, 64, 64, 0.1, 0.1, 0.3));

    @Test
    void splitsAWordIntoItselfItsStemsAndItsEndings() {
        assertThat(tokenizer.units("сезіп"))
                .containsExactly("<сезіп>", "<сез", "<сезі", "<сезіп", "іп>", "зіп>", "езіп>");
    }

    @Test
    void countsCodePoints() {
        assertThat(tokenizer.units("\ud835\udc00\ud835\udc01\ud835\udc02"))
                .containsExactly(
                        "<\ud835\udc00\ud835\udc01\ud835\udc02>",
                        "<\ud835\udc00\ud835\udc01\ud835\udc02",
                        "\ud835\udc01\ud835\udc02>");
    }

    @Test
    void readsCompatibleFormsAndBothCasesAlike() {
        assertThat(tokenizer.tokenize("ﬁne СЕНІ")).isEqualTo(tokenizer.tokenize("fine сені"));
    }

    @Test
    void separatesWordsByAllThatIsNoLetterAndNoDigit() {
        assertThat(tokenizer.tokenize("self-evident — 42!")).isEqualTo(tokenizer.tokenize("self evident 42"));
    }

    @Test
    void keepsTheMarksOfAWord() {
        // The vowel signs of Tamil, an accent that no letter has in one, and what is left of a dot in lower case.
        assertThat(tokenizer.tokenize("அம்மா")).isNotEqualTo(tokenizer.tokenize("அம்மு"));
        assertThat(tokenizer.tokenize("за\u0301мок").shape()).containsExactly(1, 9);
        assertThat(tokenizer.tokenize("\u0130nim").shape()).containsExactly(1, 9);
    }

    @Test
    void takesNoMarkOfASignForAWordOrItsPart() {
        assertThat(tokenizer.tokenize("\u2764\ufe0f").shape()).containsExactly(0, 9);
        assertThat(tokenizer.tokenize("\u0301 \u0bbe").shape()).containsExactly(0, 9);
        assertThat(tokenizer.tokenize("5\ufe0f\u20e3")).isEqualTo(tokenizer.tokenize("5"));
    }

    @Test
    void hashesUnitsAsFnv1aDoes() {
        assertThat(tokenizer.id("<sad>")).isEqualTo(1 + 0xbab13c89L % 20000).isEqualTo(17546);
        assertThat(tokenizer.id("<i>")).isEqualTo(1 + 0x8c894a38L % 20000).isEqualTo(7673);
    }

    @Test
    void givesEachWordARowPaddedWithZeros() {
        assertThat(tokenizer.tokenize("SAD!"))
                .isEqualTo(LongTensor.of(new long[] {17546, 3918, 16019, 0, 0, 0, 0, 0, 0}, 1, 9));
        assertThat(tokenizer.tokenize("feeling").values())
                .containsExactly(1526, 11866, 2512, 13011, 9237, 8170, 17301, 10752, 8202);
        assertThat(tokenizer.tokenize("Қорқынышты").values())
                .containsExactly(11246, 17860, 3721, 7953, 16360, 10316, 18673, 5064, 13272);
    }

    @Test
    void takesContractionsForOneWordWhateverTheirApostrophe() {
        assertThat(tokenizer.tokenize("don't"))
                .isEqualTo(tokenizer.tokenize("don\u2019t"))
                .isEqualTo(tokenizer.tokenize("dont"));
    }

    @Test
    void findsNothingInATextWithoutLetters() {
        assertThat(tokenizer.tokenize("").shape()).containsExactly(0, 9);
        assertThat(tokenizer.tokenize(" ?! \ud83d\ude00 ").shape()).containsExactly(0, 9);
    }

    @Test
    void readsAsManyWordsAsItMay() {
        assertThat(tokenizer.tokenize("a ".repeat(50_000)).shape()).containsExactly(64, 9);
    }
}
