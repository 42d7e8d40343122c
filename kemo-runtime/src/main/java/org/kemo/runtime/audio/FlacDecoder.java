package org.kemo.runtime.audio;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import org.kemo.api.KemoException;

/**
 * Decodes FLAC (RFC 9639): the metadata, and frame by frame the channels, which {@link FlacSubframe} decodes. The check sums
 * of every frame are checked.
 *
 * <p>Own code, since the FLAC libraries for Java were last released years ago and do not say what is missing or damaged.
 */
final class FlacDecoder {
    private static final long SIGNATURE = 0x664C6143;
    private static final int STREAM_INFO = 0;
    private static final int LEFT_AND_SIDE = 8;
    private static final int SIDE_AND_RIGHT = 9;
    private static final int MIDDLE_AND_SIDE = 10;

    private final ByteSource source;
    private final SampleBuffer samples;
    private final BitReader bits;
    private StreamInfo info = new StreamInfo(0, 0, 0);

    FlacDecoder(ByteSource source, SampleBuffer samples) {
        this.source = source;
        this.samples = samples;
        this.bits = new BitReader(source);
    }

    void decode() throws IOException {
        skipTag();
        if (source.bigEndian(4) != SIGNATURE) {
            throw KemoException.input(
                    "The file [" + source.path() + "] is neither WAV nor FLAC.",
                    "Convert it, for example with [ffmpeg -i INPUT OUTPUT.wav].");
        }
        metadata();
        long total = info.total();
        try {
            while (total == 0 ? !bits.atEnd() : samples.count() < total) {
                frame();
            }
        } catch (EOFException e) {
            throw (total == 0 ? damaged("it ends within a frame") : samples.cutShort(total)).causedBy(e);
        }
    }

    /** An ID3 tag: ten bytes, of which the last four hold the size of the rest in seven bits each. */
    private void skipTag() throws IOException {
        byte[] beginning = source.peek(3);
        if (beginning.length == 3 && beginning[0] == 'I') {
            source.skip(6);
            long size = 0;
            for (int i = 0; i < 4; i++) {
                size = (size << 7) | (source.bigEndian(1) & 0x7F);
            }
            source.skip(size);
        }
    }

    private void metadata() throws IOException {
        boolean last = false;
        while (!last) {
            int head = (int) source.bigEndian(1);
            long size = source.bigEndian(3);
            last = head >= 0x80;
            if ((head & 0x7F) == STREAM_INFO && size >= 34) {
                source.skip(10);
                long packed = source.bigEndian(8);
                source.skip(size - 18);
                info = new StreamInfo(
                        (int) ((packed >>> 41) & 7) + 1, (int) ((packed >>> 36) & 31) + 1, packed & 0xFFFFFFFFFL);
                samples.begin(packed >>> 44, info.total());
            } else {
                source.skip(size);
            }
        }
        if (info.channels() == 0) {
            throw damaged("it has no stream information");
        }
    }

    private void frame() throws IOException {
        bits.resetCheckSums();
        if (bits.unsigned(15) != 0x7FFC) {
            throw damaged("a frame does not begin where it should");
        }
        bits.unsigned(1);
        int sizeCode = (int) bits.unsigned(4);
        int rateCode = (int) bits.unsigned(4);
        int assignment = (int) bits.unsigned(4);
        int depthCode = (int) bits.unsigned(3);
        bits.unsigned(1);
        skipNumber();
        int size = blockSize(sizeCode);
        bits.unsigned(rateCode == 12 ? 8 : rateCode == 13 || rateCode == 14 ? 16 : 0);
        int sum = bits.crc8();
        if (bits.unsigned(8) != sum) {
            throw damaged("the check sum of a frame's header is wrong");
        }
        int depth = depth(depthCode);
        int channels = assignment < LEFT_AND_SIDE ? assignment + 1 : 2;
        if (assignment > MIDDLE_AND_SIDE || channels != info.channels()) {
            throw damaged("a frame has other channels than the stream");
        }
        long[][] decoded = new long[channels][];
        for (int channel = 0; channel < channels; channel++) {
            boolean side = assignment >= LEFT_AND_SIDE && channel == (assignment == SIDE_AND_RIGHT ? 0 : 1);
            decoded[channel] = FlacSubframe.decode(bits, size, side ? depth + 1 : depth, this::damaged);
        }
        bits.align();
        int frameSum = bits.crc16();
        if (bits.unsigned(16) != frameSum) {
            throw damaged("the check sum of a frame is wrong");
        }
        mix(decoded, assignment, Math.scalb(1.0, 1 - depth));
    }

    /** The frame's or sample's number, coded like a character in UTF-8. */
    private void skipNumber() throws IOException {
        int first = (int) bits.unsigned(8);
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        for (int i = 1; i < ones; i++) {
            bits.unsigned(8);
        }
    }

    private int blockSize(int code) throws IOException {
        return switch (code) {
            case 0 -> throw damaged("a frame has a reserved block size");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (code - 2);
            case 6 -> (int) bits.unsigned(8) + 1;
            case 7 -> (int) bits.unsigned(16) + 1;
            default -> 256 << (code - 8);
        };
    }

    private int depth(int code) {
        return switch (code) {
            case 0 -> info.depth();
            case 1 -> 8;
            case 2 -> 12;
            case 4 -> 16;
            case 5 -> 20;
            case 6 -> 24;
            case 7 -> 32;
            default -> throw damaged("a frame has a reserved sample size");
        };
    }

    /** The mean of the channels: where one is the difference of two, it needs no more than half of it. */
    private void mix(long[][] decoded, int assignment, double scale) {
        long[] first = decoded[0];
        int size = first.length;
        for (int n = 0; n < size && (info.total() == 0 || samples.count() < info.total()); n++) {
            double mean;
            switch (assignment) {
                case LEFT_AND_SIDE -> mean = first[n] - decoded[1][n] / 2.0;
                case SIDE_AND_RIGHT -> mean = decoded[1][n] + first[n] / 2.0;
                // The bit that halving took from the sum is the lowest of the difference.
                case MIDDLE_AND_SIDE -> mean = first[n] + (decoded[1][n] & 1) / 2.0;
                default -> {
                    long sum = 0;
                    for (long[] channel : decoded) {
                        sum += channel[n];
                    }
                    mean = (double) sum / decoded.length;
                }
            }
            samples.add(mean * scale);
        }
    }

    private KemoException damaged(String what) {
        return KemoException.input(
                String.format(
                        Locale.ROOT,
                        "The FLAC file [%s] is damaged after [%.3f s]: %s.",
                        source.path(),
                        samples.seconds(samples.count()),
                        what),
                "Copy it again from where it came from.");
    }

    /**
     * What the head of the stream says.
     *
     * @param channels 1 to 8
     * @param depth bits of a sample
     * @param total samples of each channel; 0 where it does not say
     */
    private record StreamInfo(int channels, int depth, long total) {}
}
