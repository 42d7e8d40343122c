package org.kemo.runtime.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.Sha256;

/**
 * One plugin archive, opened once: what is checked, summed and unpacked is the same file even when somebody moves another one
 * over its name meanwhile. Not safe for use by several threads at once.
 */
final class PluginArchive implements AutoCloseable {
    /** The longest descriptor that is read, 64 KiB. */
    static final int DESCRIPTOR_BYTES = 1 << 16;

    private static final int BUFFER_BYTES = 1 << 18;

    private final Path file;
    private final SeekableByteChannel channel;
    private final ZipFile zip;

    private PluginArchive(Path file, SeekableByteChannel channel, ZipFile zip) {
        this.file = file;
        this.channel = channel;
        this.zip = zip;
    }

    /**
     * Opens an archive and checks its directory.
     *
     * @throws KemoException category PLUGIN, where it is no file or no zip, or holds what may not be there
     * @throws IOException where the file cannot be read
     */
    static PluginArchive open(Path file, ArchiveLimits limits) throws IOException {
        if (!Files.isRegularFile(file)) {
            // A pipe would be waited for without end.
            throw KemoException.plugin(
                    "Plugin archive [" + file.getFileName() + "] is no file but "
                            + (Files.isDirectory(file) ? "a folder." : "a pipe or a device."),
                    "Put the zip of the plugin in its place, or move it out of the plugins folder.");
        }
        SeekableByteChannel channel = FileChannel.open(file);
        try {
            ZipFile zip = directory(file, channel);
            new EntryCheck(file.getFileName().toString(), channel.size(), limits)
                    .check(Collections.list(zip.getEntries()));
            return new PluginArchive(file, channel, zip);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ZipFile directory(Path file, SeekableByteChannel channel) {
        try {
            // What local headers add is of no use, and reading them touches every part of the file.
            return ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | IllegalArgumentException e) {
            throw KemoException.plugin(
                            "Plugin archive [" + file.getFileName() + "] is not a zip that can be read: ["
                                    + e.getMessage() + "].",
                            "It may be cut short: copy it again, or remove it from the plugins folder.")
                    .causedBy(e);
        }
    }

    /** Whether the plugin is one jar rather than a zip of a descriptor and jars. */
    boolean isJar() {
        return isJar(file);
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    /** The SHA-256 of the whole archive, 64 hexadecimal digits in lower case. */
    String sha256() throws IOException {
        channel.position(0);
        return Sha256.of(Channels.newInputStream(channel));
    }

    /** The content of a small entry, where it is there. */
    Optional<byte[]> read(String name) throws IOException {
        ZipArchiveEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.getSize() > DESCRIPTOR_BYTES) {
            throw KemoException.plugin(
                    "Plugin archive [" + file.getFileName() + "] holds [" + name + "] of [" + entry.getSize()
                            + "] bytes.",
                    "At most [" + DESCRIPTOR_BYTES + "] are read.");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        copy(entry, content);
        return Optional.of(content.toByteArray());
    }

    /**
     * Writes the files into a folder that is empty; a jar becomes {@code lib/plugin.jar}, whatever it is called.
     *
     * @throws KemoException category PLUGIN, where an entry cannot be read or holds something else than it declares
     * @throws IOException where the folder cannot be written
     */
    void unpack(Path folder) throws IOException {
        if (isJar()) {
            Path copy = Files.createDirectories(folder.resolve("lib")).resolve("plugin.jar");
            channel.position(0);
            try (FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.transferFrom(channel, 0, channel.size());
            }
            return;
        }
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            Path target = folder.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                    copy(entry, out);
                }
            }
        }
    }

    /** Copies what an entry holds and stops at the first byte more than it declares, so that a lie costs no disk. */
    private void copy(ZipArchiveEntry entry, OutputStream out) throws IOException {
        CRC32 sum = new CRC32();
        long left = entry.getSize();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = open(entry)) {
            for (int n = read(in, buffer, entry); n >= 0; n = read(in, buffer, entry)) {
                left -= n;
                if (left < 0) {
                    throw liar(entry);
                }
                sum.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        if (left != 0 || sum.getValue() != entry.getCrc()) {
            throw liar(entry);
        }
    }

    private InputStream open(ZipArchiveEntry entry) {
        try {
            return zip.getInputStream(entry);
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private int read(InputStream in, byte[] buffer, ZipArchiveEntry entry) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private KemoException unreadable(ZipArchiveEntry entry, IOException cause) {
        return KemoException.plugin(
                        "Plugin archive [" + file.getFileName() + "] cannot be read at [" + entry.getName() + "]: ["
                                + cause + "].",
                        "It may be damaged: copy it again, or remove it from the plugins folder.")
                .causedBy(cause);
    }

    private KemoException liar(ZipArchiveEntry entry) {
        return KemoException.plugin(
                "Plugin archive [" + file.getFileName() + "] holds something else in [" + entry.getName()
                        + "] than the [" + entry.getSize() + "] bytes that it declares.",
                "It is damaged or forged: take it from its author again, or remove it from the plugins folder.");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
