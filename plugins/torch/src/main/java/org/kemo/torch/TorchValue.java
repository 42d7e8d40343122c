package org.kemo.torch;

import org.bytedeco.pytorch.Tensor;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.Shape;

/** A value of the backend: numbers, their type, and the shape that they have in the network. */
record TorchValue(Tensor tensor, ElementType type, Shape shape) {}
