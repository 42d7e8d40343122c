package org.kemo.api.network;

/**
 * Gives the values of a network's parameters one by one, as they are asked for: those of a large model are never in memory
 * together.
 */
@FunctionalInterface
public interface ParameterReader {
    /**
     * The value of a parameter.
     *
     * @param name scoped
     * @param shape that it has to have; known sizes only
     */
    FloatTensor read(String name, Shape shape);
}
