package org.kemo.runtime.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes WAV files byte by byte, also wrong ones. */
public final class WavFile {
    static final int PCM = 1;
    static final int FLOAT = 3;

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private int riffSize = -1;
    private String signature = "RIFF";

    static WavFile create() {
        return new WavFile();
    }

    /** A whole file of 16-bit mono. */
    public static byte[] pcm16(int sampleRate, int... samples) {
        ByteBuffer data = little(2 * samples.length);
        for (int sample : samples) {
            data.putShort((short) sample);
        }
        return create().format(PCM, 1, sampleRate, 16).chunk("data", data).bytes();
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    WavFile riff(String name, int size) {
        signature = name;
        riffSize = size;
        return this;
    }

    WavFile format(int code, int channels, int sampleRate, int bits) {
        return chunk("fmt ", formatFields(16, code, channels, sampleRate, bits));
    }

    /** The format as WAVE_FORMAT_EXTENSIBLE. */
    WavFile extensible(int code, int channels, int sampleRate, int containerBits, int validBits) {
        ByteBuffer fields = formatFields(40, 0xFFFE, channels, sampleRate, containerBits);
        fields.putShort((short) 22).putShort((short) validBits).putInt(0).putShort((short) code);
        fields.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
        return chunk("fmt ", fields);
    }

    WavFile chunk(String id, byte[] content) {
        return chunk(id, content.length, content);
    }

    WavFile chunk(String id, ByteBuffer content) {
        return chunk(id, written(content));
    }

    /** A chunk whose size may say something else than it holds. */
    WavFile chunk(String id, int size, byte[] content) {
        chunks.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        chunks.writeBytes(written(little(4).putInt(size)));
        chunks.writeBytes(content);
        if (content.length % 2 == 1) {
            chunks.write(0);
        }
        return this;
    }

    byte[] bytes() {
        byte[] body = chunks.toByteArray();
        ByteBuffer all = little(12 + body.length);
        all.put(signature.getBytes(StandardCharsets.US_ASCII));
        all.putInt(riffSize == -1 ? 4 + body.length : riffSize);
        all.put("WAVE".getBytes(StandardCharsets.US_ASCII)).put(body);
        return written(all);
    }

    /** Writes the file. */
    public static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that a buffer was made for. */
    static byte[] written(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer formatFields(int size, int code, int channels, int sampleRate, int bits) {
        int frameBytes = channels * ((bits + 7) / 8);
        return little(size)
                .putShort((short) code)
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt(sampleRate * frameBytes)
                .putShort((short) frameBytes)
                .putShort((short) bits);
    }
}
