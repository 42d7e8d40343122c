package org.kemo.api.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kemo.api.network.Network;
import org.kemo.api.network.Objective;
import org.kemo.api.network.Ops;

/** One expression over its inputs in order; its output {@code y} is also its loss, where it is a scalar. */
record ExpressionNetwork(List<Input> inputs, Expression expression) implements Network, Objective {
    /** An expression over any backend. Java's lambdas cannot be generic: the backend's value is an Object here. */
    @FunctionalInterface
    interface Expression {
        Object of(Ops<Object> ops, List<Object> x);
    }

    // An Expression only hands values on to the operations that they came from, so that T may be called Object.
    @SuppressWarnings("unchecked")
    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> values) {
        List<Object> x = new ArrayList<>();
        inputs.forEach(input -> x.add(values.get(input.name())));
        return Map.of("y", (T) expression.of((Ops<Object>) ops, x));
    }

    @Override
    public List<Input> targets() {
        return List.of();
    }

    @Override
    public <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets) {
        return outputs.get("y");
    }
}
