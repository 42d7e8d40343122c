package org.kemo.api.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The axes of a value inside a network. The rules by which operations turn shapes into shapes are here, once, for all
 * backends, so that a mistake in a network reads the same wherever it is found.
 *
 * @param dimensions outermost first; empty for a scalar
 */
public record Shape(List<Dimension> dimensions) {
    /** The shape of a single number. */
    public static final Shape SCALAR = new Shape(List.of());

    /** Copies the list. */
    public Shape {
        dimensions = List.copyOf(dimensions);
    }

    /** A shape of known sizes. */
    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dimension::fixed).toList());
    }

    /** A shape of these dimensions. */
    public static Shape of(Dimension... dimensions) {
        return new Shape(List.of(dimensions));
    }

    /** This shape with one more innermost axis of a known size. */
    public Shape with(int size) {
        return with(Dimension.fixed(size));
    }

    /** This shape with one more innermost axis. */
    public Shape with(Dimension dimension) {
        List<Dimension> longer = new ArrayList<>(dimensions);
        longer.add(dimension);
        return new Shape(longer);
    }

    /** The number of axes. */
    public int rank() {
        return dimensions.size();
    }

    /** The dimension of an axis; a negative axis counts from the end, -1 being the innermost. */
    public Dimension dimension(int axis) {
        return dimensions.get(axis(axis));
    }

    /** The size of an axis that must be known; a negative axis counts from the end. */
    public int size(int axis) {
        Dimension dimension = dimension(axis);
        if (!dimension.isFixed()) {
            throw wrong("axis " + axis + " has no fixed size");
        }
        return dimension.size();
    }

    /** The axis counted from the front. */
    public int axis(int axis) {
        int front = axis < 0 ? axis + rank() : axis;
        if (front < 0 || front >= rank()) {
            throw wrong("there is no axis " + axis);
        }
        return front;
    }

    /** The sizes, all of which must be known. */
    public int[] sizes() {
        int[] sizes = new int[rank()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = size(axis);
        }
        return sizes;
    }

    /** Whether a value of these sizes has this shape: as many axes, each of its size where that is known. */
    public boolean fits(int... sizes) {
        if (sizes.length != rank()) {
            return false;
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            Dimension dimension = dimension(axis);
            if (dimension.isFixed() && dimension.size() != sizes[axis]) {
                return false;
            }
        }
        return true;
    }

    /** Element-wise operations: axes are matched from the innermost; equal ones stay, a size of 1 stretches. */
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        List<Dimension> result = new ArrayList<>();
        for (int axis = -rank; axis < 0; axis++) {
            Dimension one = Dimension.fixed(1);
            Dimension left = -axis <= a.rank() ? a.dimension(axis) : one;
            Dimension right = -axis <= b.rank() ? b.dimension(axis) : one;
            if (!left.equals(right) && !left.equals(one) && !right.equals(one)) {
                throw new IllegalArgumentException("The shapes " + a + " and " + b + " do not fit element by element");
            }
            result.add(left.equals(one) ? right : left);
        }
        return new Shape(result);
    }

    /** Matrix product [.., i, k] x [.., k, j] = [.., i, j]; outer axes are broadcast. */
    public static Shape matmul(Shape a, Shape b) {
        if (a.rank() < 2 || b.rank() < 2 || !a.dimension(-1).equals(b.dimension(-2))) {
            throw new IllegalArgumentException("The shapes " + a + " and " + b + " have no matrix product");
        }
        Shape outer = broadcast(
                new Shape(a.dimensions.subList(0, a.rank() - 2)), new Shape(b.dimensions.subList(0, b.rank() - 2)));
        return outer.with(a.dimension(-2)).with(b.dimension(-1));
    }

    /** Convolution [N, L, in] * [K, in, out] = [N, L, out]. */
    public static Shape convolution(Shape x, Shape weight, int dilation) {
        if (x.rank() != 3 || weight.rank() != 3 || !x.dimension(2).equals(weight.dimension(1)) || dilation < 1) {
            throw new IllegalArgumentException(
                    "The shapes " + x + " and " + weight + " have no convolution of dilation " + dilation);
        }
        return x.replace(2, weight.dimension(2));
    }

    /** Joining along an axis: all other axes are equal, and the joined one is known everywhere. */
    public static Shape concat(int axis, List<Shape> shapes) {
        Shape first = shapes.get(0);
        int front = first.axis(axis);
        int size = 0;
        for (Shape shape : shapes) {
            if (shape.rank() != first.rank() || !shape.drop(front).equals(first.drop(front))) {
                throw new IllegalArgumentException("The shapes " + shapes + " cannot be joined along axis " + axis);
            }
            size += shape.size(front);
        }
        return first.replace(front, Dimension.fixed(size));
    }

    /** A part of an axis of known size. */
    public Shape slice(int axis, int from, int to) {
        if (from < 0 || to <= from || to > size(axis)) {
            throw wrong("axis " + axis + " has no part from " + from + " to " + to);
        }
        return replace(axis, Dimension.fixed(to - from));
    }

    /** A new axis of size 1 at that place; -1 makes it the innermost. */
    public Shape expand(int axis) {
        int front = axis < 0 ? axis + rank() + 1 : axis;
        if (front < 0 || front > rank()) {
            throw wrong("there is no place " + axis + " for a new axis");
        }
        List<Dimension> longer = new ArrayList<>(dimensions);
        longer.add(front, Dimension.fixed(1));
        return new Shape(longer);
    }

    /** This shape without an axis. */
    public Shape drop(int axis) {
        List<Dimension> shorter = new ArrayList<>(dimensions);
        shorter.remove(axis(axis));
        return new Shape(shorter);
    }

    /** This shape with another dimension in the place of one. */
    public Shape replace(int axis, Dimension dimension) {
        List<Dimension> changed = new ArrayList<>(dimensions);
        changed.set(axis(axis), dimension);
        return new Shape(changed);
    }

    /** This shape with two axes exchanged. */
    public Shape transpose(int a, int b) {
        return replace(a, dimension(b)).replace(b, dimension(a));
    }

    /** The innermost axis, of known size, cut into equal parts: [.., d] becomes [.., parts, d / parts]. */
    public Shape split(int parts) {
        int size = size(-1);
        if (parts < 1 || size % parts != 0) {
            throw wrong("axis -1 has no " + parts + " equal parts");
        }
        return replace(-1, Dimension.fixed(parts)).with(size / parts);
    }

    /** The two innermost axes, of known sizes, as one: [.., a, b] becomes [.., a b]. */
    public Shape merge() {
        int size = Math.multiplyExact(size(-2), size(-1));
        return drop(-1).replace(-1, Dimension.fixed(size));
    }

    /** Looking rows up: a table [V, d] and ids [..] give [.., d]. */
    public static Shape gather(Shape table, Shape ids) {
        if (table.rank() != 2) {
            throw table.wrong("a table of rows has two axes");
        }
        return ids.with(table.dimension(1));
    }

    /** A recurrent layer: a sequence [N, L, width] and its mask [N, L] give [N, L, hidden]. */
    public static Shape lstm(Shape x, Shape mask, int hidden) {
        if (x.rank() != 3 || !x.drop(2).equals(mask)) {
            throw new IllegalArgumentException("The shapes " + x + " and " + mask + " are no sequence and its mask");
        }
        return mask.with(hidden);
    }

    /** Dropout keeps the shape; its rate is 0 and above, and below 1. */
    public Shape dropout(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw wrong("there is no dropout at the rate [" + rate + "]: take one of 0 and above, and below 1");
        }
        return this;
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("The shape " + this + ": " + why);
    }

    @Override
    public String toString() {
        return dimensions.toString();
    }
}
