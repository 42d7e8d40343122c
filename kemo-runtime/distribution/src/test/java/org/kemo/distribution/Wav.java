package org.kemo.distribution;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes WAV files.
 *
 * @param rate in Hz
 * @param bits of a sample: 8 and 16 for PCM, 32 for floating point
 */
record Wav(int rate, int bits) {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int HEADER = 44;
    private static final int SILENCE_OF_8_BITS = 128;

    /** A whole file of mono samples in [-1, 1]. */
    void write(Path file, double... samples) throws IOException {
        ByteBuffer content = little(samples.length * bits / Byte.SIZE);
        for (double sample : samples) {
            switch (bits) {
                case 8 -> content.put((byte) (SILENCE_OF_8_BITS + Math.round(127 * sample)));
                case 16 -> content.putShort((short) Math.round(32_767 * sample));
                default -> content.putFloat((float) sample);
            }
        }
        Files.createDirectories(file.getParent());
        try (FileChannel out = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            out.write(new ByteBuffer[] {header(samples.length), content.flip()});
        }
    }

    /** A file of zeros that takes no room on the disk. */
    void writeSparse(Path file, int samples) throws IOException {
        try (FileChannel out = FileChannel.open(file, CREATE_NEW, SPARSE, WRITE)) {
            out.write(header(samples));
            out.write(ByteBuffer.allocate(1), HEADER + (long) samples * bits / Byte.SIZE - 1);
        }
    }

    /** A tone of a pitch in Hz with a tail of overtones, as a voice has it, that swells and fades. */
    double[] tone(double pitch, double seconds) {
        double[] samples = new double[(int) (seconds * rate)];
        for (int n = 0; n < samples.length; n++) {
            double phase = 2 * Math.PI * pitch * n / rate;
            double loudness = 0.5 * Math.sin(Math.PI * n / samples.length);
            samples[n] = loudness * (Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase)) / 1.75;
        }
        return samples;
    }

    private ByteBuffer header(int samples) {
        int width = bits / Byte.SIZE;
        ByteBuffer header = little(HEADER);
        header.put(ascii("RIFF")).putInt(HEADER - 8 + samples * width).put(ascii("WAVE"));
        header.put(ascii("fmt "))
                .putInt(16)
                .putShort((short) (bits == 32 ? FLOAT : PCM))
                .putShort((short) 1);
        header.putInt(rate).putInt(rate * width).putShort((short) width).putShort((short) bits);
        return header.put(ascii("data")).putInt(samples * width).flip();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
