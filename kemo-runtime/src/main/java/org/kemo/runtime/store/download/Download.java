package org.kemo.runtime.store.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * 13.1.5, 14.2 and 14.4). Two downloads of one file at once have to be kept apart by the caller.
 */
public final class Download {
    private static final Pattern RANGE =
            Pattern.compile("bytes (?<begin>\\d{1,18})-(?<end>\\d{1,18})/(?<total>\\d{1,18}|\\*)");
    private static final Pattern NO_RANGE = Pattern.compile("bytes \\*/(?<total>\\d{1,18})");
    private static final Pattern MARK = Pattern.compile("[ -~]+");
    private static final int PARTIAL = 206;
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
        this.part = part(file);
        this.mark = file.resolveSibling(file.getFileName() + ".part.etag");
        this.size = size;
        this.progress = progress;
    }

    /** The file that another one belongs to: itself, or what is a part of it, or a mark of that. */
    public static Path fileOf(Path fileOrPart) {
        return fileOrPart.resolveSibling(fileOrPart.getFileName().toString().replaceFirst("\\.part(\\.etag)?$", ""));
    }

    /** The bytes that earlier attempts have fetched of a file; 0 where they cannot be read. */
    public static long fetched(Path file) {
        return Math.max(bytes(file), bytes(part(file)));
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /**
     * Removes a file that came whole and is the wrong one: it would be found again for ever.
     *
     * @throws KemoException category PLUGIN, where it cannot be removed
     */
    public static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
    }

    /**
     * Fetches it.
     *
     * @throws KemoException category PLUGIN, where it cannot be had or the disk has no room
     */
    public void run() {
        web.retries().run(source, () -> reached, () -> {
            boolean all = false;
            while (!all) {
                all = attempt();
            }
            return file;
        });
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Asks for what is missing.
     *
     * @return whether nothing is any more: a server may send less of a range than was asked for
     */
    private boolean attempt() throws IOException {
        Optional<String> known = known();
        long begin = known.isPresent() ? Files.size(part) : 0;
        Map<String, String> headers = known.map(etag -> Map.of("Range", "bytes=" + begin + "-", "If-Range", etag))
                .orElse(Map.of());
        try (Answer answer = web.open(source, headers)) {
            if (answer.status() == RANGE_NOT_SATISFIABLE && begin > 0) {
                if (isAll(answer, begin, known)) {
                    moveTo(begin);
                    return true;
                }
                // What lies here is none of it.
                forget();
                throw new IOException("what was there before does not fit the file");
            }
            Refusal.check(answer, source);
            return answer.status() == PARTIAL ? takePart(answer, begin, known) : takeAll(answer);
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

    /** Whether a range is refused since all has come already: a kill between the last byte and the move leaves that. */
    private boolean isAll(Answer answer, long begin, Optional<String> known) {
        Matcher range = NO_RANGE.matcher(answer.header("Content-Range").orElse(""));
        return isOf(known, answer) && range.matches() && checked(Long.parseLong(range.group("total"))) == begin;
    }

    /** Whether an answer is about the version that lies here, as far as the server says: some look at no condition. */
    private static boolean isOf(Optional<String> known, Answer answer) {
        Optional<String> etag = answer.header("ETag");
        return etag.isEmpty() || etag.equals(known);
    }

    private boolean takePart(Answer answer, long begin, Optional<String> known) throws IOException {
        Matcher range = RANGE.matcher(answer.header("Content-Range").orElse(""));
        long end = range.matches() ? Long.parseLong(range.group("end")) + 1 : 0;
        boolean asked = begin > 0 && end > begin && Long.parseLong(range.group("begin")) == begin;
        if (!asked || !isOf(known, answer)) {
            forget();
            throw new IOException("another part came than was asked for");
        }
        OptionalLong total = range.group("total").equals("*")
                ? size
                : OptionalLong.of(checked(Long.parseLong(range.group("total"))));
        take(answer, begin, OptionalLong.of(end), total);
        // Where nobody says how long it is, the next range is refused with its length.
        return total.isPresent() && reached == total.getAsLong();
    }

    private boolean takeAll(Answer answer) throws IOException {
        OptionalLong length = answer.length();
        OptionalLong total = length.isPresent() ? OptionalLong.of(checked(length.getAsLong())) : size;
        take(answer, 0, total, total);
        return true;
    }

    private long checked(long total) {
        if (size.isPresent() && total != size.getAsLong()) {
            throw KemoException.plugin(
                    "The file [" + source.name() + "] at [" + source.place() + "] has [" + total + "] bytes, not ["
                            + size.getAsLong() + "].",
                    "It was changed: check the reference, and the sums that it is pinned by.");
        }
        return total;
    }

    /**
     * Takes what is sent.
     *
     * @param end of it within the file, where that is known
     * @param total of the file, where that is known
     */
    private void take(Answer answer, long begin, OptionalLong end, OptionalLong total) throws IOException {
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
        if (end.isPresent() && reached != end.getAsLong()) {
            throw new IOException("it ended after " + reached + " of " + end.getAsLong() + " bytes");
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
