package org.kemo.runtime.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.network.Network;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.Weights;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.files.FolderLock;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.onnx.OnnxNetwork;
import org.kemo.runtime.session.ModelInspection;

/**
 * The {@link ModelFiles} of this machine. A model that is written lies in a folder named by the sum of its key; the folder is
 * written aside and moved, by one thread of one process at a time, so that neither a kill nor a second process leaves half a model. What
 * a kill leaves aside goes when the next model is written.
 */
public final class HostModelFiles implements ModelFiles {
    /** Raise it when the same network and parameters are written down in another way. */
    private static final String FORMAT = "1";

    private static final String MODEL = "network.onnx";

    /** What a clone holds in the place of a large file where Git LFS did not fetch it begins so. */
    private static final String POINTER = "version https://git-lfs.github.com/spec/";

    private final Path cache;
    private final FileSums sums;
    private final ModelInspection models;

    /**
     * Files kept in a cache.
     *
     * @param cache a folder that is made when it is first written to
     * @param sums remembers the sums of files
     */
    public HostModelFiles(Path cache, FileSums sums) {
        this.cache = cache;
        this.sums = sums;
        this.models = new ModelInspection(sums);
    }

    @Override
    public Weights weights(Path file) {
        refusePointer(file);
        return file.toString().endsWith(".json") ? ShardedWeights.open(file) : SafetensorsFile.open(file);
    }

    @Override
    public String sha256(Path file) {
        if (file.toString().endsWith(".onnx")) {
            refusePointer(file);
            return models.sha256(file);
        }
        if (!file.toString().endsWith(".safetensors.index.json")) {
            return sum(file);
        }
        List<String> parts = new ArrayList<>(List.of(sum(file)));
        ShardedWeights.files(file).values().forEach(part -> parts.add(sum(part)));
        return Sha256.of(String.join(" ", parts));
    }

    private static void refusePointer(Path file) {
        byte[] begin;
        try (InputStream in = Files.newInputStream(file)) {
            begin = in.readNBytes(POINTER.length());
        } catch (IOException e) {
            // Whoever reads it says so.
            return;
        }
        if (new String(begin, StandardCharsets.US_ASCII).equals(POINTER)) {
            throw KemoException.plugin(
                    "The file [" + file + "] is a Git LFS pointer: what it stands for was not fetched.",
                    "Run git lfs pull in the clone that it lies in.");
        }
    }

    private String sum(Path file) {
        refusePointer(file);
        try {
            return sums.of(file);
        } catch (NoSuchFileException e) {
            throw KemoException.plugin(
                            "The file [" + file + "] is not there.", "Fetch the model again, with all its files.")
                    .causedBy(e);
        } catch (IOException e) {
            throw KemoException.plugin("The file [" + file + "] cannot be read: [" + e + "].", "Check its permissions.")
                    .causedBy(e);
        }
    }

    @Override
    public Path model(String key, Network network, ModelPrecision precision, ParameterReader parameters) {
        Path folder = cache.resolve("networks").resolve(Sha256.of(FORMAT + " " + form(precision) + key));
        Path model = folder.resolve(MODEL);
        if (!isWritten(model)) {
            write(folder, network, precision, parameters);
        }
        return model;
    }

    /** It is not forced to the disk, and a machine that stops may leave it empty. */
    private static boolean isWritten(Path model) {
        return Files.isRegularFile(model) && model.toFile().length() > 0;
    }

    private static String form(ModelPrecision precision) {
        return switch (precision) {
            // Models were kept before there was a choice.
            case FLOAT32 -> "";
            case FLOAT16 -> "FLOAT16 ";
            case INT8 -> "INT8 with zero points ";
        };
    }

    private void write(Path folder, Network network, ModelPrecision precision, ParameterReader parameters) {
        try {
            // Two models at once would need twice the memory and be no faster.
            FolderLock alone = FolderLock.of(cache.resolve("networks.lock"), () -> {});
            try {
                WholeFolder.removeAside(folder.getParent());
                if (!isWritten(folder.resolve(MODEL))) {
                    WholeFolder.replace(
                            folder,
                            aside -> OnnxNetwork.write(
                                    "network", "", network, precision, parameters, aside.resolve(MODEL)));
                }
            } finally {
                alone.close();
            }
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The model in [" + folder + "] cannot be written: [" + e + "].",
                            "Make room there, or name another folder with XDG_CACHE_HOME.")
                    .causedBy(e);
        }
    }

    @Override
    public Path scratch(String name) {
        return cache.resolve("native").resolve(name);
    }
}
