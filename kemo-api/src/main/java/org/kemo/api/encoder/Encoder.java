package org.kemo.api.encoder;

/**
 * Turns what a modality offers into an encoding: a sequence [T, d] and one pooled vector [d] for each utterance. Either a
 * {@linkplain NetworkEncoder network} that Kemo trains, or a {@linkplain PretrainedEncoder pretrained model} that stays as it
 * is and whose results are cached.
 */
public sealed interface Encoder permits NetworkEncoder, PretrainedEncoder {}
