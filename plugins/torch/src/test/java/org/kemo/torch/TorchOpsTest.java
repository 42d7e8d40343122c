package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.testkit.OpsContract;

final class TorchOpsTest extends OpsContract {
    @Override
    protected NetworkBackend backend() {
        return new TorchBackend();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, -1, Long.MAX_VALUE})
    void namesAnIdThatIsNoRowOfTheTable(long id) {
        Map<String, LongTensor> ids = Map.of("ids", LongTensor.of(new long[] {0, 2, id}, 3));

        assertThatThrownBy(() -> backend().run(new ThreeRows(), Map.of(), ids))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("The id [" + id + "] is no row of a table of [3] rows.");
    }

    private static final class ThreeRows implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(new Input("ids", ElementType.LONG, Shape.of(Dimension.BATCH)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("rows", ops.gather(ops.constant(FloatTensor.zeros(3, 1)), inputs.get("ids")));
        }
    }
}
