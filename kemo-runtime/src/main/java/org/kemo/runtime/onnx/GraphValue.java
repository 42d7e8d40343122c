package org.kemo.runtime.onnx;

import org.kemo.api.network.ElementType;
import org.kemo.api.network.Shape;

/**
 * A value of the graph that is being written.
 *
 * @param name unique in the graph
 * @param type the type of its numbers
 * @param shape its axes
 */
record GraphValue(String name, ElementType type, Shape shape) {}
