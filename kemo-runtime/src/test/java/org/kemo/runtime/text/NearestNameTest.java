package org.kemo.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private final NearestName names =
            NearestName.among(List.of("torch", "static", "dynamic-gated", "dynamic-graph", "mfcc", "learningRate"));

    @Test
    void findsANameWithTwoLettersSwapped() {
        assertThat(names.to("torhc")).contains("torch");
    }

    @Test
    void findsANameWithAnotherSeparatorOrCase() {
        assertThat(names.to("dynamic_gated")).contains("dynamic-gated");
        assertThat(names.to("learningrate")).contains("learningRate");
        assertThat(names.to("MFCC")).contains("mfcc");
    }

    @Test
    void findsAShortNameWithOneLetterMissing() {
        assertThat(names.to("mfc")).contains("mfcc");
    }

    @Test
    void findsTheNameThatContainsAWholeWord() {
        assertThat(names.to("gated")).contains("dynamic-gated");
        assertThat(names.to("rate")).contains("learningRate");
    }

    @Test
    void findsNothingForAWordThatIsLikeNone() {
        assertThat(names.to("whisper")).isEmpty();
        assertThat(names.to("c")).isEmpty();
        assertThat(names.to("")).isEmpty();
    }

    @Test
    void suggestsTheNearestNameElseAllElseSaysThatThereIsNone() {
        assertThat(names.suggestion("statik")).isEqualTo("Did you mean [static]?");
        assertThat(NearestName.among(List.of("b", "a")).suggestion("whisper")).isEqualTo("Known are [a, b].");
        assertThat(NearestName.among(List.of()).suggestion("whisper")).isEqualTo("There is none.");
    }
}
