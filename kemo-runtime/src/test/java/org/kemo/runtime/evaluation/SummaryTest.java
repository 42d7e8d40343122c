package org.kemo.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;

class SummaryTest {
    @Test
    void dividesTheSquaresByOneLessThanTheValues() {
        Summary summary = Summary.of(List.of(0.62, 0.58, 0.66, 0.71, 0.53));

        // numpy 2.4.6: numpy.mean(values), numpy.std(values, ddof=1)
        assertThat(summary.mean()).isEqualTo(0.62, within(1e-12));
        assertThat(summary.std()).isEqualTo(0.06964194138592059, within(1e-12));
        assertThat(summary.values()).hasSize(5);
    }

    @Test
    void hasNoDeviationForASingleValue() {
        assertThat(Summary.of(List.of(0.5))).isEqualTo(new Summary(0.5, Double.NaN, List.of(0.5)));
    }

    @Test
    void refusesNoValues() {
        assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(KemoException.class);
    }
}
