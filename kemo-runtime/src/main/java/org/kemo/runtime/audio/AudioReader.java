package org.kemo.runtime.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/**
 * Reads recordings: WAV (PCM of 8, 16, 24 and 32 bits, floating point of 32 and 64, also as WAVE_FORMAT_EXTENSIBLE and RF64) and
 * FLAC (RFC 9639). What a file is, its first bytes say, not its name. Several channels are mixed down by their mean; the
 * sample rate stays as it is; chunks and blocks that hold no sound are skipped.
 *
 * <p>A file that ends before its header says is refused: an answer about half a sentence would look like any other. A WAV
 * header that leaves the length open, as programs that write to a pipe do, is taken to mean the whole file.
 *
 * <p>Immutable; safe for use by several threads at once.
 */
public final class AudioReader {
    /** The longest recording that is read where nothing else is said. */
    public static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

    private final Duration limit;

    /** A reader with the {@linkplain #DEFAULT_LIMIT default limit}. */
    public AudioReader() {
        this(DEFAULT_LIMIT);
    }

    /**
     * A reader with a limit.
     *
     * @param limit a longer recording is an error, which is said before its samples are read
     */
    public AudioReader(Duration limit) {
        this.limit = limit;
    }

    /**
     * Reads a recording.
     *
     * @return mono, at the file's own rate, at least one sample; samples of integer formats are in [-1, 1)
     * @throws KemoException category INPUT, which names the file: not there, a pipe, not a recording, empty, cut short,
     *     damaged, too long, or with samples that are not numbers
     */
    public Waveform read(Path path) {
        if (Files.isDirectory(path)) {
            throw KemoException.input(
                    "[" + path + "] is a folder, not a recording.", "Give the WAV or FLAC files in it one by one.");
        }
        // The size of a pipe is 0 whatever comes through it.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw KemoException.input(
                    "[" + path + "] is a pipe or a device, not a file.",
                    "Write the recording to a file, and give that.");
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return decode(new ByteSource(stream, path), Files.size(path));
        } catch (NoSuchFileException e) {
            throw KemoException.input("There is no file [" + path + "].", "Check the path.")
                    .causedBy(e);
        } catch (AccessDeniedException e) {
            throw KemoException.input("The file [" + path + "] may not be read.", "Check its permissions.")
                    .causedBy(e);
        } catch (IOException e) {
            throw KemoException.input(
                            "Reading the file [" + path + "] failed: " + e.getMessage() + ".",
                            "Check the disk, and try again.")
                    .causedBy(e);
        }
    }

    private Waveform decode(ByteSource source, long size) throws IOException {
        if (size == 0) {
            throw KemoException.input("The file [" + source.path() + "] is empty.", "Record or copy it again.");
        }
        SampleBuffer samples = new SampleBuffer(source.path(), limit);
        switch (Container.of(source.peek(Container.SIGNATURE_LENGTH))) {
            case WAV -> new WavDecoder(source, size, samples).decode();
            case FLAC -> new FlacDecoder(source, samples).decode();
            case OTHER ->
                throw KemoException.input(
                        "The file [" + source.path() + "] is neither WAV nor FLAC.",
                        "Convert it, for example with [ffmpeg -i INPUT OUTPUT.wav].");
        }
        return samples.toWaveform();
    }
}
