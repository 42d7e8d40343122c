package org.kemo.transformertext;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;

/**
 * What a session asks for and gives, by the names that exports agree on.
 *
 * @param inputs as the session declares them
 * @param states the output that holds the hidden states
 * @param firstPosition where positions begin, for models that ask for them
 * @param padding the id of the token for padding
 */
record ModelInputs(List<Network.Input> inputs, String states, int firstPosition, int padding) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String POSITIONS = "position_ids";
    static final String TYPES = "token_type_ids";
    static final String STATES = "last_hidden_state";

    private static final List<String> KNOWN = List.of(IDS, MASK, POSITIONS, TYPES);

    /** What exports call the hidden states, the usual name first. */
    private static final List<String> STATES_NAMES = List.of(STATES, "token_embeddings", "hidden_states", "output_0");

    /**
     * Looks at a session.
     *
     * @param model for messages
     */
    static ModelInputs of(
            String model, List<Network.Input> inputs, List<String> outputs, int firstPosition, int padding) {
        List<String> unknown = inputs.stream()
                .map(Network.Input::name)
                .filter(name -> !KNOWN.contains(name))
                .toList();
        if (!unknown.isEmpty()
                || inputs.stream().noneMatch(input -> input.name().equals(IDS))) {
            throw KemoException.plugin(
                    "The model [" + model + "] asks for the inputs "
                            + inputs.stream().map(Network.Input::name).toList() + ".",
                    "Export its encoder with inputs among " + KNOWN + ".");
        }
        Optional<String> states =
                STATES_NAMES.stream().filter(outputs::contains).findFirst();
        return new ModelInputs(
                List.copyOf(inputs),
                states.orElseThrow(() -> KemoException.plugin(
                        "The model [" + model + "] gives " + outputs + ", among which there are no hidden states.",
                        "Export it with an output [" + STATES + "].")),
                firstPosition,
                padding);
    }

    /** Whether the model is told which tokens are padding; where it is not, they have a say in the states of the others. */
    boolean masked() {
        return inputs.stream().anyMatch(input -> input.name().equals(MASK));
    }

    /** The inputs for texts side by side, padded to the longest: [N, L] each. */
    Map<String, Tensor> batch(List<long[]> texts) {
        int longest = texts.stream().mapToInt(text -> text.length).max().orElse(0);
        Map<String, Tensor> batch = new LinkedHashMap<>();
        for (Network.Input input : inputs) {
            long[] values = new long[texts.size() * longest];
            for (int n = 0; n < texts.size(); n++) {
                long[] ids = texts.get(n);
                for (int at = 0; at < longest; at++) {
                    values[n * longest + at] = value(input.name(), ids, at);
                }
            }
            batch.put(input.name(), tensor(input.type(), values, texts.size(), longest));
        }
        return batch;
    }

    private long value(String input, long[] ids, int at) {
        boolean real = at < ids.length;
        return switch (input) {
            case IDS -> real ? ids[at] : padding;
            case MASK -> real ? 1 : 0;
            // What stands at a place of padding is never read, but it has to be a row of the table.
            case POSITIONS -> real ? firstPosition + at : firstPosition;
            default -> 0;
        };
    }

    private static Tensor tensor(ElementType type, long[] values, int... shape) {
        if (type == ElementType.LONG) {
            return LongTensor.of(values, shape);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
        }
        return FloatTensor.of(floats, shape);
    }

    /** The hidden states of each text without its padding, [T, d] each. */
    static List<FloatTensor> unpad(FloatTensor states, List<long[]> texts) {
        int steps = states.size(1);
        int width = states.size(2);
        List<FloatTensor> each = new ArrayList<>();
        for (int n = 0; n < texts.size(); n++) {
            int length = texts.get(n).length;
            float[] own = new float[length * width];
            System.arraycopy(states.values(), n * steps * width, own, 0, own.length);
            each.add(FloatTensor.of(own, length, width));
        }
        return each;
    }
}
