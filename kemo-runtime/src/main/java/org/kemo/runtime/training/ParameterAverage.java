package org.kemo.runtime.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.network.FloatTensor;

/** The mean of several sets of parameters (stochastic weight averaging, Izmailov et al., 2018), added one by one. */
final class ParameterAverage {
    private final Map<String, float[]> means = new LinkedHashMap<>();
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private int count;

    /** An average that already holds that many sets; {@link #restore} says their mean. */
    ParameterAverage(int count) {
        this.count = count;
    }

    int count() {
        return count;
    }

    void restore(Map<String, FloatTensor> mean) {
        mean.forEach((name, tensor) -> {
            means.put(name, tensor.values().clone());
            shapes.put(name, tensor.shape());
        });
    }

    void add(Map<String, FloatTensor> parameters) {
        count++;
        parameters.forEach((name, tensor) -> {
            shapes.put(name, tensor.shape());
            float[] mean = means.computeIfAbsent(name, key -> new float[tensor.count()]);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += (tensor.values()[i] - mean[i]) / count;
            }
        });
    }

    Map<String, FloatTensor> mean() {
        Map<String, FloatTensor> result = new LinkedHashMap<>();
        means.forEach((name, mean) -> result.put(name, FloatTensor.of(mean.clone(), shapes.get(name))));
        return result;
    }
}
