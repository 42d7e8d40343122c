package org.kemo.api.encoder;

/**
 * A padded batch of sequences inside a network.
 *
 * @param values [N, T, d]
 * @param mask [N, T], 1 for real steps, which come first, and 0 for padding; a row of zeros is a missing modality
 */
public record Sequence<T>(T values, T mask) {}
