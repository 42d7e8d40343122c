package org.kemo.api.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;

class FrameGridTest {
    @Test
    void leavesOutAFrameThatWouldNotBeFull() {
        FrameGrid grid = FrameGrid.ofMillis(25, 10, 16_000);

        assertThat(grid).isEqualTo(new FrameGrid(400, 160));
        assertThat(grid.frames(400)).isEqualTo(1);
        assertThat(grid.frames(559)).isEqualTo(1);
        assertThat(grid.frames(560)).isEqualTo(2);
    }

    @Test
    void findsOneFrameInAClipShorterThanAFrame() {
        assertThat(new FrameGrid(400, 160).frames(1)).isEqualTo(1);
    }

    @Test
    void refusesAStrideShorterThanASample() {
        assertThatThrownBy(() -> FrameGrid.ofMillis(25, 0.01, 16_000))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[0] samples");
    }
}
