package org.kemo.runtime.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

class WavDecodingTest {
    @TempDir
    Path folder;

    @Test
    void readsUnsignedBytes() {
        byte[] file = WavFile.create()
                .format(WavFile.PCM, 1, 8000, 8)
                .chunk("data", new byte[] {0, (byte) 128, (byte) 255})
                .bytes();

        assertReads(file, 8000, -1, 0, 127 / 128f);
    }

    @Test
    void readsSixteenBits() {
        assertReads(WavFile.pcm16(16_000, -32768, 0, 16384, 32767), 16_000, -1, 0, 0.5f, 32767 / 32768f);
    }

    @Test
    void readsTwentyFourBits() {
        byte[] file = WavFile.create()
                .format(WavFile.PCM, 1, 48_000, 24)
                .chunk("data", new byte[] {0, 0, (byte) 0x80, 1, 0, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF})
                .bytes();

        assertReads(file, 48_000, -1, 1 / 8388608f, -1 / 8388608f);
    }

    @Test
    void readsThirtyTwoBits() {
        ByteBuffer data = WavFile.little(8).putInt(Integer.MIN_VALUE).putInt(1 << 30);

        byte[] file = WavFile.create()
                .format(WavFile.PCM, 1, 44_100, 32)
                .chunk("data", data)
                .bytes();

        assertReads(file, 44_100, -1, 0.5f);
    }

    @Test
    void readsFloatingPointOfBothSizes() {
        byte[] single = WavFile.create()
                .format(WavFile.FLOAT, 1, 44_100, 32)
                .chunk("data", WavFile.little(8).putFloat(0.25f).putFloat(-1.5f))
                .bytes();
        byte[] twice = WavFile.create()
                .format(WavFile.FLOAT, 1, 44_100, 64)
                .chunk("data", WavFile.little(16).putDouble(0.25).putDouble(-1.5))
                .bytes();

        assertReads(single, 44_100, 0.25f, -1.5f);
        assertReads(twice, 44_100, 0.25f, -1.5f);
    }

    @Test
    void readsTheExtensibleFormat() {
        byte[] file = WavFile.create()
                .extensible(WavFile.PCM, 1, 48_000, 24, 20)
                .chunk("data", new byte[] {0, 0, 0x40})
                .bytes();

        assertReads(file, 48_000, 0.5f);
    }

    @Test
    void mixesChannelsDownByTheirMean() {
        ByteBuffer data = WavFile.little(8);
        data.putShort((short) 16384).putShort((short) -8192).putShort((short) 1).putShort((short) 0);

        byte[] file = WavFile.create()
                .format(WavFile.PCM, 2, 48_000, 16)
                .chunk("data", data)
                .bytes();

        assertReads(file, 48_000, 0.125f, 0.5f / 32768);
    }

    @Test
    void skipsChunksThatHoldNoSound() {
        byte[] file = WavFile.create()
                .chunk("LIST", "odd".getBytes(StandardCharsets.US_ASCII))
                .format(WavFile.PCM, 1, 16_000, 16)
                .chunk("FLLR", new byte[4044])
                .chunk("data", WavFile.little(2).putShort((short) 16384))
                .chunk("id3 ", new byte[10])
                .bytes();

        assertReads(file, 16_000, 0.5f);
    }

    @Test
    void readsTheSizeOfAnRf64FileWhereItStands() {
        ByteBuffer sizes = WavFile.little(28).putLong(0).putLong(2).putLong(1).putInt(0);

        byte[] file = WavFile.create()
                .riff("RF64", -1)
                .chunk("ds64", sizes)
                .format(WavFile.PCM, 1, 16_000, 16)
                .chunk("data", -1, WavFile.written(WavFile.little(2).putShort((short) 16384)))
                .chunk("LIST", new byte[4])
                .bytes();

        assertReads(file, 16_000, 0.5f);
    }

    @Test
    void readsToTheEndWhereAPipeLeftTheSizeOpen() {
        for (int size : new int[] {-1, 0x7FFFFFFF - 36}) {
            byte[] file = WavFile.create()
                    .riff("RIFF", size)
                    .format(WavFile.PCM, 1, 16_000, 16)
                    .chunk("data", size, WavFile.written(WavFile.little(2).putShort((short) 16384)))
                    .bytes();

            assertReads(file, 16_000, 0.5f);
        }
    }

    @Test
    void readsToTheEndWhereARecordingWasInterrupted() {
        byte[] file = WavFile.create()
                .riff("RIFF", 36)
                .format(WavFile.PCM, 1, 16_000, 16)
                .chunk("data", 0, WavFile.written(WavFile.little(2).putShort((short) 16384)))
                .bytes();

        assertReads(file, 16_000, 0.5f);
    }

    @Test
    void refusesACodecThatItDoesNotKnow() {
        byte[] file = WavFile.create()
                .format(85, 2, 44_100, 0)
                .chunk("data", new byte[100])
                .bytes();

        assertThatThrownBy(() -> decode(file)).isInstanceOf(KemoException.class).hasMessageContaining("format [85]");
    }

    @Test
    void refusesFramesThatAreNoWholeNumberOfSamples() {
        byte[] file = WavFile.pcm16(16_000, 1, 2, 3);
        int channels = 22;
        file[channels] = 3;

        assertThatThrownBy(() -> decode(file)).isInstanceOf(KemoException.class).hasMessageContaining("[3] channels");
    }

    @Test
    void refusesSamplesWithoutAFormat() {
        byte[] file = WavFile.create().chunk("data", new byte[100]).bytes();

        assertThatThrownBy(() -> decode(file)).hasMessageContaining("samples before their format");
    }

    private Waveform decode(byte[] file) {
        return new AudioReader().read(WavFile.write(folder.resolve("clip.bin"), file));
    }

    private void assertReads(byte[] file, int sampleRate, float... samples) {
        Waveform waveform = decode(file);

        assertThat(waveform.sampleRate()).isEqualTo(sampleRate);
        assertThat(waveform.samples()).containsExactly(samples);
    }
}
