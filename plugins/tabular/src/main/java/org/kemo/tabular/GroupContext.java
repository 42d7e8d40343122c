package org.kemo.tabular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.Modality;
import org.kemo.api.data.Split;
import org.kemo.api.network.FloatTensor;

/**
 * The features of an utterance among those of its neighbours: [U, D + 1], the utterances of its group in their order, of which the last
 * column is 1 for the utterance itself and 0 for the others. An encoder such as {@code context-bilstm} reads all and answers for the
 * marked one.
 *
 * <p>What is context: utterances of the same group <em>and the same side</em>, so that nothing of the test side is seen in training
 * even where a table parts one group; at most {@code neighbours} before it and as many after; those that have the modality. Only
 * features are: no label of any utterance, its own or a neighbour's, is ever in it.
 */
final class GroupContext {
    private record Side(Optional<String> group, Split split, Modality modality) {}

    private final int neighbours;
    private final Map<Side, List<Row>> sides = new HashMap<>();
    private final Map<Side, Map<String, Integer>> positions = new HashMap<>();

    /**
     * Puts the rows in order.
     *
     * @param rows of all groups, with distinct ids
     * @param neighbours at most so many on each side
     */
    GroupContext(List<Row> rows, int neighbours) {
        this.neighbours = neighbours;
        for (Row row : rows) {
            for (Modality modality : row.features().keySet()) {
                sides.computeIfAbsent(side(row, modality), key -> new ArrayList<>())
                        .add(row);
            }
        }
        sides.forEach((side, members) -> {
            members.sort(Comparator.comparingDouble(Row::place));
            Map<String, Integer> position = new LinkedHashMap<>();
            members.forEach(row -> position.put(row.id(), position.size()));
            positions.put(side, position);
        });
    }

    /** The features of a modality that a row has, among its neighbours': [U, D + 1]. */
    FloatTensor of(Row row, Modality modality) {
        Side side = side(row, modality);
        List<Row> members = sides.get(side);
        int own = positions.get(side).get(row.id());
        int first = Math.max(0, own - neighbours);
        int last = Math.min(members.size() - 1, own + neighbours);
        int width = row.features().get(modality).length;
        float[] values = new float[(last - first + 1) * (width + 1)];
        for (int i = first; i <= last; i++) {
            System.arraycopy(members.get(i).features().get(modality), 0, values, (i - first) * (width + 1), width);
        }
        values[(own - first) * (width + 1) + width] = 1;
        return FloatTensor.of(values, last - first + 1, width + 1);
    }

    private static Side side(Row row, Modality modality) {
        return new Side(row.group(), row.split(), modality);
    }
}
