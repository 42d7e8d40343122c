package org.kemo.runtime.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.audio.Waveform;
import org.kemo.api.testkit.TestData;

/**
 * Recordings of RAVDESS, where the environment variable KEMO_TEST_DATA leads to them. The figures are those of soundfile 0.14.0
 * (libsndfile): {@code zlib.crc32(read(path, always_2d=True)[0].mean(1).astype('<f4').tobytes())}.
 */
class RavdessAudioDataTest {
    @ParameterizedTest
    @CsvSource({
        "ravdess48k-odd/03-01-01-01-01-01-01.wav, 48000, 158558, 2092173184",
        "ravdess48k-odd/03-01-01-01-01-02-01.wav, 48000, 160160, 3136399643",
        "ravdess48k-odd/03-01-02-01-01-02-01.wav, 48000, 172972, 3074963535",
        "ravdess48k-odd/03-01-02-01-02-02-05.wav, 48000, 203403, 3056363661",
        "ravdess48k-odd/03-01-03-01-02-01-20.wav, 48000, 166566, 2762260847",
        "ravdess16k/Actor_01/03-01-05-01-01-01-01.flac, 16000, 61929, 3409616528",
        "ravdess16k/Actor_20/03-01-03-01-01-01-20.flac, 16000, 56590, 3704848769",
        "ravdess16k/Actor_24/03-01-04-01-02-01-24.flac, 16000, 56590, 2039685091"
    })
    void readsWhatLibsndfileReads(String file, int sampleRate, int length, long checkSum) {
        Waveform waveform = new AudioReader().read(TestData.at(file));

        assertThat(waveform.sampleRate()).isEqualTo(sampleRate);
        assertThat(waveform.samples()).hasSize(length);
        byte[] bytes = new byte[Float.BYTES * length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(waveform.samples());
        CRC32 sum = new CRC32();
        sum.update(bytes);
        assertThat(sum.getValue()).isEqualTo(checkSum);
    }
}
