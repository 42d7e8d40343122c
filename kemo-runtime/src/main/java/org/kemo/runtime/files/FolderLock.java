package org.kemo.runtime.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kemo.api.KemoException;

/**
 * One at a time among all threads and processes of this machine; a process that dies lets go. The threads of a process take turns before
 * they open the file, since a process that closes it anywhere loses all locks that it has on it.
 */
public final class FolderLock implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLISECONDS = 100;

    /** Whose turn it is in this process, by file. */
    private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    private final FileChannel channel;
    private final Semaphore turn;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private FolderLock(FileChannel channel, Semaphore turn) {
        this.channel = channel;
        this.turn = turn;
    }

    /**
     * Waits for its turn.
     *
     * @param file made where it does not exist, and left there: removing it would let two in
     * @param waits called once where another holds the lock
     * @return what any thread may close
     * @throws IOException where the file cannot be made or locked
     * @throws KemoException category PLUGIN, where the thread is interrupted
     */
    public static FolderLock of(Path file, Runnable waits) throws IOException {
        try {
            Path real = Files.createDirectories(file.getParent()).toRealPath().resolve(file.getFileName());
            Semaphore turn = TURNS.computeIfAbsent(real, path -> new Semaphore(1));
            boolean waited = !turn.tryAcquire();
            if (waited) {
                waits.run();
                turn.acquire();
            }
            return ofProcess(real, turn, waits, waited);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KemoException.plugin("Waiting for [" + file + "] was interrupted.", "Ask again.")
                    .causedBy(e);
        }
    }

    /** With the turn, which is given back where this fails. */
    private static FolderLock ofProcess(Path file, Semaphore turn, Runnable waits, boolean toldSo)
            throws IOException, InterruptedException {
        boolean locked = false;
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                boolean told = toldSo;
                while (tryLock(channel).isEmpty()) {
                    if (!told) {
                        waits.run();
                    }
                    told = true;
                    Thread.sleep(LOOK_AGAIN_MILLISECONDS);
                }
                locked = true;
                return new FolderLock(channel, turn);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
        } finally {
            if (!locked) {
                turn.release();
            }
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // This process holds it by another path.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw KemoException.fault("A lock could not be let go: [" + e + "].", "Start again.")
                    .causedBy(e);
        } finally {
            turn.release();
        }
    }
}
