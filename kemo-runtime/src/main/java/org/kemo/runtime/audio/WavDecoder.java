package org.kemo.runtime.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.kemo.api.KemoException;

/**
 * Decodes WAV: RIFF chunks (Microsoft and IBM, 1991), WAVE_FORMAT_EXTENSIBLE (Microsoft, 2001) and RF64 (EBU Tech 3306).
 *
 * <p>Not {@code javax.sound}: it brings in the desktop module and a search for services, knows no RF64, and does not say what
 * is missing of a file that was cut short.
 */
final class WavDecoder {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;

    /** Programs that write to a pipe put this or something just under half of it where they cannot know the size. */
    private static final long UNKNOWN_SIZE = 0xFFFFFFFFL;

    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteSource source;
    private final long fileSize;
    private final SampleBuffer samples;
    private long position;
    private long riffSize;
    private long largeDataSize;

    WavDecoder(ByteSource source, long fileSize, SampleBuffer samples) {
        this.source = source;
        this.fileSize = fileSize;
        this.samples = samples;
    }

    void decode() throws IOException {
        source.skip(4);
        riffSize = source.littleEndian(4);
        source.skip(4);
        position = 12;
        Format format = null;
        while (position + 8 <= fileSize) {
            String id = fourCharacters();
            long size = source.littleEndian(4);
            position += 8;
            switch (id) {
                case "fmt " -> format = format(size);
                case "ds64" -> largeSizes(size);
                case "data" -> {
                    if (format == null) {
                        throw broken("has its samples before their format");
                    }
                    data(format, size);
                    return;
                }
                default -> skip(size);
            }
        }
        throw broken(format == null ? "does not say the format of its samples" : "has no samples");
    }

    private String fourCharacters() throws IOException {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            id.append((char) source.littleEndian(1));
        }
        return id.toString();
    }

    private Format format(long size) throws IOException {
        if (size < 16) {
            throw broken("has a format chunk of [" + size + "] bytes");
        }
        int code = (int) source.littleEndian(2);
        int channels = (int) source.littleEndian(2);
        long sampleRate = source.littleEndian(4);
        source.skip(4);
        int frameBytes = (int) source.littleEndian(2);
        int bits = (int) source.littleEndian(2);
        long read = 16;
        if (code == EXTENSIBLE && size >= 40) {
            source.skip(8);
            // The first two bytes of the sub-format's identifier are the code of old.
            code = (int) source.littleEndian(2);
            read = 26;
        }
        position += read;
        skip(size - read);
        int sampleBytes = channels == 0 ? 0 : frameBytes / channels;
        boolean whole = sampleBytes * channels == frameBytes;
        boolean known = (code == PCM && sampleBytes >= 1 && sampleBytes <= 4)
                || (code == FLOAT && (sampleBytes == 4 || sampleBytes == 8));
        if (!whole || !known) {
            throw KemoException.input(
                    "The WAV file [" + source.path() + "] has samples of format [" + code + "], [" + bits + "] bits, ["
                            + channels + "] channels, which is not read.",
                    "Convert it to PCM, for example with [ffmpeg -i INPUT -c:a pcm_s16le OUTPUT.wav].");
        }
        return new Format(code == FLOAT, channels, sampleRate, sampleBytes);
    }

    private void largeSizes(long size) throws IOException {
        source.skip(8);
        largeDataSize = source.littleEndian(8);
        position += 16;
        skip(size - 16);
    }

    /** Chunks are padded to an even size. */
    private void skip(long size) throws IOException {
        long padded = Math.min(size + (size & 1), fileSize - position);
        source.skip(Math.max(0, padded));
        position += Math.max(0, padded);
    }

    private void data(Format format, long size) throws IOException {
        long promised = size == UNKNOWN_SIZE && largeDataSize > 0 ? largeDataSize : size;
        long frames = (leftOpen(promised) ? fileSize - position : promised) / format.frameBytes();
        samples.begin(format.sampleRate(), frames);
        int most = Math.max(1, BLOCK_BYTES / format.frameBytes());
        byte[] block = new byte[most * format.frameBytes()];
        ByteBuffer numbers = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = frames; left > 0; ) {
            int wanted = (int) Math.min(most, left);
            int got = source.read(block, wanted * format.frameBytes()) / format.frameBytes();
            for (int frame = 0; frame < got; frame++) {
                double sum = 0;
                for (int channel = 0; channel < format.channels(); channel++) {
                    sum += format.sample(numbers, frame * format.frameBytes() + channel * format.sampleBytes());
                }
                samples.add(sum / format.channels());
            }
            if (got < wanted) {
                throw samples.cutShort(frames);
            }
            left -= got;
        }
    }

    /** Whether the size of the samples is one of those that mean: until the end of the file. */
    private boolean leftOpen(long size) {
        boolean streamed = size <= UNKNOWN_SIZE && size >= UNKNOWN_SIZE / 2 - 4096 && size > fileSize - position;
        boolean interrupted = size == 0 && riffSize + 8 < fileSize;
        return streamed || interrupted;
    }

    private KemoException broken(String what) {
        return KemoException.input(
                "The WAV file [" + source.path() + "] " + what + ".", "Record it again, or convert it to WAV or FLAC.");
    }

    private record Format(boolean floating, int channels, long sampleRate, int sampleBytes) {
        int frameBytes() {
            return channels * sampleBytes;
        }

        /** One sample, full scale at 1; only those of 8 bits are unsigned. */
        double sample(ByteBuffer bytes, int at) {
            if (floating) {
                return sampleBytes == 4 ? bytes.getFloat(at) : bytes.getDouble(at);
            }
            return switch (sampleBytes) {
                case 1 -> ((bytes.get(at) & 0xFF) - 128) / 128.0;
                case 2 -> bytes.getShort(at) / 32768.0;
                case 3 -> ((bytes.get(at + 2) << 16) | (bytes.getShort(at) & 0xFFFF)) / 8388608.0;
                default -> bytes.getInt(at) / 2147483648.0;
            };
        }
    }
}
