package org.kemo.api.network;

/** Arithmetic on the sizes of axes that both kinds of tensor share. */
final class Tensors {
    private Tensors() {}

    static int count(int[] shape) {
        int count = 1;
        for (int size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    static int offset(int[] shape, int[] index) {
        if (index.length != shape.length) {
            throw new IndexOutOfBoundsException(index.length + " indices for " + shape.length + " axes");
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            offset = offset * shape[axis] + java.util.Objects.checkIndex(index[axis], shape[axis]);
        }
        return offset;
    }
}
