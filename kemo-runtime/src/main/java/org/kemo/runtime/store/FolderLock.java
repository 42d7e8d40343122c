package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.store.download.Room;

/** One at a time among all threads and processes of this machine; a process that dies lets go. */
final class FolderLock implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLISECONDS = 100;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for its turn.
     *
     * @param file made where it does not exist, and left there: removing it would let two in
     * @param waits called once where another holds the lock
     */
    static FolderLock of(Path file, Runnable waits) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean waited = false;
            while (tryLock(channel).isEmpty()) {
                if (!waited) {
                    waits.run();
                }
                waited = true;
                Thread.sleep(LOOK_AGAIN_MILLISECONDS);
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KemoException.plugin("Waiting for [" + file + "] was interrupted.", "Ask again.")
                    .causedBy(e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another thread of this process.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw KemoException.fault("A lock could not be let go: [" + e + "].", "Start again.")
                    .causedBy(e);
        }
    }
}
