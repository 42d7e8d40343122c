package org.kemo.runtime.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

class AudioReaderTest {
    @TempDir
    Path folder;

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(folder.resolve("gone.wav"))
                .hasMessageContaining("There is no file [")
                .hasMessageContaining("gone");
    }

    @Test
    void refusesAFolder() {
        assertRefused(folder).hasMessageContaining("is a folder");
    }

    @Test
    void refusesWhatIsNoRegularFile() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "There is no [" + device + "] here.");

        assertRefused(device)
                .hasMessageContaining("[/dev/null] is a pipe or a device, not a file.")
                .hasMessageContaining("Write the recording to a file");
    }

    @Test
    void refusesAnEmptyFile() {
        assertRefused(new byte[0]).hasMessageContaining("is empty");
    }

    @Test
    void refusesWhatIsNotARecording() {
        assertRefused("Not a recording at all.".getBytes(StandardCharsets.UTF_8))
                .hasMessageContaining("neither WAV nor FLAC")
                .hasMessageContaining("ffmpeg");
        assertRefused(new byte[] {'R'}).hasMessageContaining("neither WAV nor FLAC");
        assertRefused("ID3\4\0\0\0\0\0\0 mp3".getBytes(StandardCharsets.UTF_8))
                .hasMessageContaining("neither WAV nor FLAC");
    }

    @Test
    void refusesAFileThatEndsInItsHeader() {
        assertRefused(Arrays.copyOf(WavFile.pcm16(16_000, 1, 2, 3), 30)).hasMessageContaining("header");
        assertRefused("fLaC\0\0".getBytes(StandardCharsets.UTF_8)).hasMessageContaining("header");
    }

    @Test
    void refusesAFileWithoutSamples() {
        assertRefused(WavFile.pcm16(16_000)).hasMessageContaining("holds no samples");
    }

    @Test
    void saysHowMuchIsMissingOfAFileThatWasCutShort() {
        byte[] file = WavFile.pcm16(1000, new int[2000]);

        assertRefused(Arrays.copyOf(file, file.length - 3000))
                .hasMessageContaining("ends after [0.500 s] of the [2.000 s]");
    }

    @Test
    void readsOneSample() {
        assertThat(read(WavFile.pcm16(16_000, 16384)).samples()).containsExactly(0.5f);
    }

    @Test
    void readsSilence() {
        Waveform waveform = read(WavFile.pcm16(16_000, new int[100]));

        assertThat(waveform.samples()).hasSize(100).containsOnly(0);
    }

    @Test
    void readsAnySampleRate() {
        assertThat(read(WavFile.pcm16(384_000, 1, 2, 3)).sampleRate()).isEqualTo(384_000);
    }

    @Test
    void refusesASampleRateOfNothing() {
        assertRefused(WavFile.pcm16(0, 1, 2, 3)).hasMessageContaining("sample rate is [0]");
    }

    @Test
    void saysWhereASampleIsNotANumber() {
        ByteBuffer data = WavFile.little(12).putFloat(0).putFloat(Float.NaN).putFloat(0);

        assertRefused(WavFile.create()
                        .format(WavFile.FLOAT, 1, 1000, 32)
                        .chunk("data", data)
                        .bytes())
                .hasMessageContaining("[0.001 s]")
                .hasMessageContaining("[NaN]");
    }

    @Test
    void refusesEightHoursBeforeItReadsThem() {
        int eightHours = 8 * 3600 * 16_000 * 2;
        byte[] header = WavFile.create()
                .format(WavFile.PCM, 1, 16_000, 16)
                .chunk("data", eightHours, new byte[0])
                .bytes();

        assertRefused(header).hasMessageContaining("[28800 s] long").hasMessageContaining("limit of [3600 s]");
    }

    @Test
    void readsUpToTheLimitThatItWasGiven() {
        AudioReader reader = new AudioReader(Duration.ofSeconds(2));

        assertThat(reader.read(file(WavFile.pcm16(1000, new int[2000]))).seconds())
                .isEqualTo(2);
        assertThatThrownBy(() -> reader.read(file(WavFile.pcm16(1000, new int[2001]))))
                .hasMessageContaining("limit of [2 s]");
    }

    @Test
    void doesNotBelieveAHeaderThatAsksForAllMemory() {
        byte[] header = WavFile.create()
                .format(WavFile.PCM, 1, 768_000, 8)
                .chunk("data", 0x40000000, new byte[0])
                .bytes();

        assertRefused(header).hasMessageContaining("[1073741824] samples");
    }

    private Waveform read(byte[] file) {
        return new AudioReader().read(file(file));
    }

    private Path file(byte[] bytes) {
        return WavFile.write(folder.resolve("clip"), bytes);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] file) {
        return assertRefused(file(file));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path file) {
        return assertThatThrownBy(() -> new AudioReader().read(file))
                .isInstanceOfSatisfying(KemoException.class, error -> assertThat(error.category())
                        .isEqualTo(KemoException.Category.INPUT));
    }
}
