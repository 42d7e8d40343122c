/**
 * The feature extractor {@code prosody}.
 *
 * <p>{@link org.kemo.prosody.ProsodyExtractor} asks {@link org.kemo.prosody.PeriodicityAnalysis} for the pitch and periodicity
 * of each frame and {@link org.kemo.prosody.Loudness} for how loud it is, lets {@link org.kemo.prosody.PitchContour} decide
 * what is voiced, and sums the clip up in {@link org.kemo.prosody.ClipCues}.
 */
package org.kemo.prosody;
