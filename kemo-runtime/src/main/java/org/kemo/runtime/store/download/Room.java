package org.kemo.runtime.store.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.kemo.api.KemoException;

/** Room on the disk, and what to say where there is none. */
public final class Room {
    private static final String NO_ROOM = "There is no room for";
    private static final String FULL = "The disk is full:";
    private static final double MEBIBYTE = 1 << 20;

    private Room() {}

    /**
     * Throws where a file would not fit: before it is fetched for an hour, and not at its end.
     *
     * @param folder that it comes to lie in
     * @param bytes that it needs
     * @param name what the error calls it
     * @throws KemoException category PLUGIN
     */
    public static void check(Path folder, long bytes, String name) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw KemoException.plugin(
                        NO_ROOM + " [" + name + "]: it needs [" + mebibytes(bytes) + "] more, and the disk of ["
                                + folder + "] has [" + mebibytes(free) + "].",
                        "Make room, or name another folder as host.models.folder.");
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** What to say where writing failed. */
    public static KemoException unwritable(Path file, IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left")
                || String.valueOf(e.getMessage()).contains("Disk quota exceeded");
        return (full
                        ? KemoException.plugin(
                                FULL + " [" + file + "] could not be written to its end.",
                                "Make room, or name another folder as host.models.folder; what has come is kept.")
                        : KemoException.plugin(
                                "The file [" + file + "] cannot be written: [" + e + "].",
                                "Check the permissions, or name another folder as host.models.folder."))
                .causedBy(e);
    }

    /** Whether an error of this class says that there is no room, so that nothing is wrong with what was to be written. */
    public static boolean isWanting(KemoException e) {
        return e.problem().startsWith(NO_ROOM) || e.problem().startsWith(FULL);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
    }
}
