package org.kemo.runtime.plugin;

/**
 * How large a plugin archive may be. An archive over a limit is refused before anything of it is written; one that declares
 * less than it holds is refused while it is unpacked.
 *
 * @param entries the most files and folders in one archive
 * @param entryBytes the most bytes that one file unpacks to
 * @param totalBytes the most bytes that an archive unpacks to
 * @param ratio the most times that a file may grow when it is unpacked; files up to {@value #ALWAYS_SMALL} bytes may grow
 *     freely, since short texts repeat themselves
 */
public record ArchiveLimits(int entries, long entryBytes, long totalBytes, int ratio) {
    /** What is never large, however well it was packed: 1 MiB. */
    public static final long ALWAYS_SMALL = 1L << 20;

    /**
     * 10,000 entries, 2 GiB for a file, 4 GiB for all, ratio 200. The largest plugins hold native libraries of a few hundred
     * megabytes in jars, which pack 1:1; class files pack 1:2, plain text 1:10, and a zip bomb 1:1000.
     */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(10_000, 2L << 30, 4L << 30, 200);

    /** Checks that every limit is positive. */
    public ArchiveLimits {
        if (entries < 1 || entryBytes < 1 || totalBytes < 1 || ratio < 1) {
            throw new IllegalArgumentException("Limits are positive: entries [" + entries + "], entry bytes ["
                    + entryBytes + "], total bytes [" + totalBytes + "], ratio [" + ratio + "].");
        }
    }
}
