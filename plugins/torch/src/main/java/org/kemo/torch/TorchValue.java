package org.kemo.torch;

import org.bytedeco.pytorch.Tensor;
import org.kemo.api.network.Shape;

/** A value of the backend: numbers, and the shape that they have in the network. */
record TorchValue(Tensor tensor, Shape shape) {}
