/**
 * Recordings as mono waveforms: {@link org.kemo.runtime.audio.AudioReader} looks at what a file holds and hands it to {@code
 * WavDecoder} or {@code FlacDecoder}, which write straight into a {@code SampleBuffer}.
 */
package org.kemo.runtime.audio;
