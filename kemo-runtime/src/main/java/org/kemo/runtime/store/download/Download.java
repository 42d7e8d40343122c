package org.kemo.runtime.store.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;

/**
 * Fetches one file. What has come lies in {@code FILE.part}, with the server's mark of its version in {@code FILE.part.etag}, so
 * that the next attempt, of this process or of a later one, goes on there as long as the file on the server is the same (RFC 9110,
 * 13.1.5 and 14.2). Two downloads of one file at once have to be kept apart by the caller.
 */
public final class Download {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
    private static final Pattern MARK = Pattern.compile("[ -~]+");
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Web web;
    private final Source source;
    private final Path file;
    private final Path part;
    private final Path mark;
    private final OptionalLong size;
    private final LongConsumer progress;
    private long reached;

    /**
     * A download.
     *
     * @param file where it comes to lie, in a folder that exists
     * @param size in bytes, where that is known beforehand
     * @param progress gets the bytes that have come so far
     */
    public Download(Web web, Source source, Path file, OptionalLong size, LongConsumer progress) {
        this.web = web;
        this.source = source;
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.mark = file.resolveSibling(file.getFileName() + ".part.etag");
        this.size = size;
        this.progress = progress;
    }

    /**
     * Fetches it.
     *
     * @throws KemoException category PLUGIN, where it cannot be had or the disk has no room
     */
    public void run() {
        web.retries().run(source, () -> reached, () -> {
            attempt();
            return file;
        });
        try {
            Files.deleteIfExists(mark);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void attempt() throws IOException {
        Optional<String> known = known();
        long begin = known.isPresent() ? Files.size(part) : 0;
        Map<String, String> headers = known.map(etag -> Map.of("Range", "bytes=" + begin + "-", "If-Range", etag))
                .orElse(Map.of());
        try (Answer answer = web.open(source, headers)) {
            if (answer.status() == RANGE_NOT_SATISFIABLE && begin > 0) {
                // Nothing is left to send, or what lies here is none of it.
                forget();
                throw new IOException("what was there before does not fit the file");
            }
            Refusal.check(answer, source);
            boolean continues = answer.status() == 206;
            if (continues && !begins(answer, begin)) {
                forget();
                throw new IOException("another part came than was asked for");
            }
            take(answer, continues ? begin : 0);
        }
    }

    /** The mark of what lies here, where there is both; none where it is not what a server sends, as after a kill. */
    private Optional<String> known() throws IOException {
        return Files.isRegularFile(part) && Files.isRegularFile(mark) && Files.size(part) > 0
                ? Optional.of(Files.readString(mark, StandardCharsets.ISO_8859_1))
                        .filter(etag -> MARK.matcher(etag).matches())
                : Optional.empty();
    }

    private void forget() throws IOException {
        Files.deleteIfExists(mark);
        Files.deleteIfExists(part);
    }

    private static boolean begins(Answer answer, long begin) {
        Matcher range = RANGE.matcher(answer.header("Content-Range").orElse(""));
        return range.matches() && Long.parseLong(range.group(1)) == begin;
    }

    private void take(Answer answer, long begin) throws IOException {
        OptionalLong length = answer.length();
        OptionalLong total = length.isPresent() ? OptionalLong.of(begin + length.getAsLong()) : size;
        if (size.isPresent() && total.getAsLong() != size.getAsLong()) {
            throw KemoException.plugin(
                    "The file [" + source.name() + "] at [" + source.place() + "] has [" + total.getAsLong()
                            + "] bytes, not [" + size.getAsLong() + "].",
                    "It was changed: check the reference, and the sums that it is pinned by.");
        }
        if (total.isPresent()) {
            Room.check(file.getParent(), total.getAsLong() - begin, source.name());
        }
        try (FileChannel channel = open(answer, begin)) {
            moveTo(begin);
            for (List<ByteBuffer> next = answer.body().next();
                    !next.isEmpty();
                    next = answer.body().next()) {
                for (ByteBuffer piece : next) {
                    write(channel, piece);
                }
            }
            force(channel);
        }
        if (total.isPresent() && reached != total.getAsLong()) {
            throw new IOException("it ended after " + reached + " of " + total.getAsLong() + " bytes");
        }
    }

    private FileChannel open(Answer answer, long begin) {
        try {
            if (begin == 0) {
                Files.deleteIfExists(mark);
            }
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() > begin) {
                channel.truncate(begin);
            }
            channel.position(begin);
            Optional<String> etag = answer.header("ETag").filter(tag -> !tag.startsWith("W/"));
            if (begin == 0 && etag.isPresent()) {
                Files.writeString(mark, etag.get());
            }
            return channel;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void write(FileChannel channel, ByteBuffer piece) {
        try {
            long before = channel.position();
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            moveTo(reached + channel.position() - before);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void force(FileChannel channel) {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void moveTo(long bytes) {
        reached = bytes;
        progress.accept(bytes);
    }

    private KemoException unwritable(IOException e) {
        return Room.unwritable(file, e);
    }
}
