package org.kemo.runtime.store.tensorflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A sorted table of keys and values as LevelDB writes it (LevelDB, doc/table_format.md): a footer of 48 bytes names the block that
 * lists the others; in a block each key is what it shares with the one before and a rest; a block ends with its type and its sum.
 */
final class SortedTable {
    private static final int FOOTER_BYTES = 48;
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int TRAILER_BYTES = 5;
    private static final int LONGEST_VARINT = 10;

    /** Of blocks and keys together: a block may be named twice, and a few bytes may be a long key, as far as it is shared. */
    private static final long MOST_BYTES = 64L << 20;

    private final byte[] file;
    private long left = MOST_BYTES;

    private SortedTable(byte[] file) {
        this.file = file;
    }

    /**
     * All entries in their order; keys are read as UTF-8.
     *
     * @throws DamagedCheckpoint where it is none, or takes much more memory than its size
     */
    static Map<String, byte[]> read(byte[] file) throws IOException {
        if (file.length < FOOTER_BYTES) {
            throw new DamagedCheckpoint("its index is cut off");
        }
        ByteBuffer footer = ByteBuffer.wrap(file, file.length - FOOTER_BYTES, FOOTER_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        if (footer.getLong(FOOTER_BYTES - Long.BYTES) != MAGIC) {
            throw new DamagedCheckpoint("its index is no table of LevelDB");
        }
        SortedTable table = new SortedTable(file);
        // The first handle is that of a block about the table, which says nothing here.
        handle(footer);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (byte[] block : table.block(handle(footer)).values()) {
            entries.putAll(table.block(handle(ByteBuffer.wrap(block))));
        }
        return entries;
    }

    private record Handle(long offset, long bytes) {}

    private static Handle handle(ByteBuffer from) throws IOException {
        return new Handle(varint(from), varint(from));
    }

    private Map<String, byte[]> block(Handle handle) throws IOException {
        long room = file.length - (long) FOOTER_BYTES - TRAILER_BYTES;
        if (handle.offset() < 0
                || handle.bytes() < Integer.BYTES
                || handle.offset() > room
                || handle.bytes() > room - handle.offset()) {
            throw new DamagedCheckpoint("a block of its index lies outside of it");
        }
        count(handle.bytes());
        ByteBuffer block = ByteBuffer.wrap(file, (int) handle.offset(), (int) handle.bytes() + TRAILER_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        int bytes = (int) handle.bytes();
        CRC32C sum = new CRC32C();
        sum.update(block.slice(0, bytes + 1));
        if (MaskedSum.of(sum) != block.getInt(bytes + 1)) {
            throw new DamagedCheckpoint("the sum of a block of its index is wrong");
        }
        if (block.get(bytes) != 0) {
            throw new DamagedCheckpoint("its index is compressed, which TensorFlow's own are not");
        }
        return entries(block, bytes);
    }

    private void count(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new DamagedCheckpoint("its index has more than " + MOST_BYTES + " bytes of blocks and keys");
        }
    }

    private Map<String, byte[]> entries(ByteBuffer block, int bytes) throws IOException {
        long restarts = Integer.toUnsignedLong(block.getInt(bytes - Integer.BYTES));
        long end = bytes - Integer.BYTES - restarts * Integer.BYTES;
        if (end < 0) {
            throw new DamagedCheckpoint("a block of its index is shorter than it says");
        }
        ByteBuffer content = block.slice(0, (int) end);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] key = {};
        while (content.hasRemaining()) {
            int shared = length(content, key.length);
            int rest = length(content, content.remaining());
            int value = length(content, content.remaining());
            count((long) shared + rest);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(key, 0, shared);
            whole.writeBytes(take(content, rest));
            key = whole.toByteArray();
            entries.put(new String(key, StandardCharsets.UTF_8), take(content, value));
        }
        return entries;
    }

    private static int length(ByteBuffer from, int most) throws IOException {
        long length = varint(from);
        if (length < 0 || length > most) {
            throw new DamagedCheckpoint("an entry of its index has an impossible length");
        }
        return (int) length;
    }

    private static byte[] take(ByteBuffer from, int count) throws IOException {
        if (count > from.remaining()) {
            throw new DamagedCheckpoint("an entry of its index is cut off");
        }
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer from) throws IOException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && from.hasRemaining(); i++) {
            byte next = from.get();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedCheckpoint("a number of its index is cut off");
    }
}
