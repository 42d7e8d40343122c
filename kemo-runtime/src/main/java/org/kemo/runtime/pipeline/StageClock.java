package org.kemo.runtime.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The seconds that each stage of a pipeline took, in the order in which stages began. For one thread. */
public final class StageClock {
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /** A clock that has measured nothing. */
    public StageClock() {}

    /** Runs a step and adds its time to that of its stage. */
    public <R> R time(String stage, Supplier<R> step) {
        long begin = System.nanoTime();
        try {
            return step.get();
        } finally {
            add(stage, (System.nanoTime() - begin) * 1e-9);
        }
    }

    /** Adds seconds that were measured elsewhere to those of a stage. */
    void add(String stage, double more) {
        seconds.merge(stage, more, Double::sum);
    }

    /** The seconds by stage. */
    public Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }

    /** The seconds of all stages. */
    public double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
