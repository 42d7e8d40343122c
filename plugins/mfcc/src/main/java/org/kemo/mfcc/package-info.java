/**
 * The feature extractor {@code mfcc}.
 *
 * <p>{@link org.kemo.mfcc.MfccExtractor} takes a clip frame by frame through {@link org.kemo.mfcc.FrameSpectrum}
 * (pre-emphasis, window, Fourier transform), {@link org.kemo.mfcc.MelFilterBank} and {@link
 * org.kemo.mfcc.CepstralTransform}, joins the log energy, and lets {@link org.kemo.api.audio.DeltaRegression} append deltas and
 * accelerations over the whole clip.
 */
package org.kemo.mfcc;
