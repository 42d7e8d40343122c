package org.kemo.runtime.audio;

import java.io.EOFException;
import java.io.IOException;

/** The bits of a FLAC stream, highest first, with the check sums of the bytes read. Not for several threads. */
final class BitReader {
    private static final int[] CRC8 = table(0x07, 8);
    private static final int[] CRC16 = table(0x8005, 16);

    private final ByteSource source;
    private long bits;
    private int count;
    private int crc8;
    private int crc16;

    BitReader(ByteSource source) {
        this.source = source;
    }

    /** Whether the file is at its end; only between whole bytes. */
    boolean atEnd() throws IOException {
        return count == 0 && source.peek(1).length == 0;
    }

    /** Begins new check sums; only between whole bytes. */
    void resetCheckSums() {
        crc8 = 0;
        crc16 = 0;
    }

    int crc8() {
        return crc8;
    }

    int crc16() {
        return crc16;
    }

    /** An unsigned number of so many bits, 0 to 33. */
    long unsigned(int width) throws IOException {
        while (count < width) {
            load();
        }
        count -= width;
        return (bits >>> count) & ((1L << width) - 1);
    }

    /** A two's complement number of so many bits, 0 to 33. */
    long signed(int width) throws IOException {
        int unused = Long.SIZE - width;
        return width == 0 ? 0 : (unsigned(width) << unused) >> unused;
    }

    /** The number of zeros before the next one, which is read too. */
    int unary() throws IOException {
        int zeros = 0;
        while (true) {
            long rest = count == 0 ? 0 : bits << (Long.SIZE - count);
            if (rest != 0) {
                int run = Long.numberOfLeadingZeros(rest);
                count -= run + 1;
                return zeros + run;
            }
            zeros += count;
            count = 0;
            load();
        }
    }

    /** Moves on to the next whole byte. */
    void align() {
        count -= count % Byte.SIZE;
    }

    private void load() throws IOException {
        int value = source.read();
        if (value < 0) {
            throw new EOFException();
        }
        crc8 = CRC8[crc8 ^ value];
        crc16 = ((crc16 << 8) ^ CRC16[(crc16 >>> 8) ^ value]) & 0xFFFF;
        bits = (bits << 8) | value;
        count += Byte.SIZE;
    }

    private static int[] table(int polynomial, int width) {
        int top = 1 << (width - 1);
        int[] table = new int[256];
        for (int value = 0; value < table.length; value++) {
            int remainder = value << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                remainder = (remainder << 1) ^ ((remainder & top) == 0 ? 0 : polynomial);
            }
            table[value] = remainder & (2 * top - 1);
        }
        return table;
    }
}
