package org.kemo.api.encoder;

/**
 * What a network encoder gives for a padded batch.
 *
 * @param sequence [N, T', d] with its mask [N, T'] of 0 and 1; T' may differ from the input's T. The host sets the mask to 0 where the
 *     modality is missing
 * @param pooled [N, d]
 */
public record Encoded<T>(Sequence<T> sequence, T pooled) {}
