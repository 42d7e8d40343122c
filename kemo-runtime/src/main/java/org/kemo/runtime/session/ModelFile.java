package org.kemo.runtime.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;

/**
 * An ONNX file that was looked at before it is loaded: it can be read to its end, asks for no operators from outside ONNX
 * Runtime, and its data are in its own folder.
 *
 * @param path the file, without links
 * @param sha256 of the file; of its sum and those of its data files, where it has any
 * @param bytes its size together with its data files
 */
record ModelFile(Path path, String sha256, long bytes) {
    /** By this place ONNX Runtime means an address in memory, which no file has the right to name. */
    private static final String MEMORY_MARK = "_ORT_MEM_ADDR_";

    private static final String AGAIN = "Export it again, or fetch it again.";

    /**
     * Looks at a file.
     *
     * @param seen the places of data in files that were looked at before, by the sum of the file; takes those of this one
     * @throws KemoException category PLUGIN, where it cannot be used
     */
    static ModelFile inspect(Path file, FileSums sums, Map<String, SortedSet<String>> seen) {
        if (!Files.isRegularFile(file)) {
            throw KemoException.plugin("The model [" + file + "] does not exist.", "Check the path.");
        }
        try {
            Path path = file.toRealPath();
            String sum = sums.of(path);
            SortedSet<String> locations = seen.get(sum);
            if (locations == null) {
                locations = scan(path);
                seen.put(sum, locations);
            }
            long bytes = Files.size(path);
            StringBuilder all = new StringBuilder(sum);
            for (Path data : dataFiles(path, locations)) {
                bytes += Files.size(data);
                all.append(' ').append(sums.of(data));
            }
            return new ModelFile(path, locations.isEmpty() ? sum : Sha256.of(all.toString()), bytes);
        } catch (IOException e) {
            throw KemoException.plugin("The model [" + file + "] cannot be read.", "Check its permissions.")
                    .causedBy(e);
        }
    }

    /** The places of data outside a file that has no operators which are not there. */
    private static SortedSet<String> scan(Path path) throws IOException {
        ModelScan scan;
        try (InputStream in = Files.newInputStream(path)) {
            scan = ModelScan.of(in);
        } catch (ModelScan.NotAModelException e) {
            throw KemoException.plugin("The model [" + path + "] is not an ONNX model, or is cut short.", AGAIN)
                    .causedBy(e);
        }
        if (!scan.foreignDomains().isEmpty()) {
            throw KemoException.plugin(
                    "The model [" + path + "] needs operators of " + scan.foreignDomains()
                            + ", which do not come with ONNX Runtime.",
                    "Export it with standard operators; libraries of operators are not loaded.");
        }
        return scan.dataFiles();
    }

    private static SortedSet<Path> dataFiles(Path model, SortedSet<String> locations) throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        for (String location : locations) {
            files.add(dataFile(model, location));
        }
        return files;
    }

    /** A data file by its place relative to the model; links are followed before it is judged where it is. */
    private static Path dataFile(Path model, String location) throws IOException {
        Path folder = model.getParent();
        try {
            Path relative = Path.of(location);
            Path file = folder.resolve(relative).normalize();
            if (location.contains(MEMORY_MARK)
                    || relative.isAbsolute()
                    || !file.startsWith(folder)
                    || (Files.exists(file) && !file.toRealPath().startsWith(folder))) {
                throw KemoException.plugin(
                        "The model [" + model + "] keeps data outside its folder, in [" + location + "].",
                        "Use a model whose data files lie in its own folder; a link out of it will not do.");
            }
            if (!Files.isRegularFile(file)) {
                throw KemoException.plugin(
                        "The model [" + model + "] needs its data file [" + location + "], which does not exist.",
                        "Put it into the folder of the model.");
            }
            return file;
        } catch (InvalidPathException e) {
            throw KemoException.plugin(
                            "The model [" + model + "] names a data file [" + location + "] that cannot be.", AGAIN)
                    .causedBy(e);
        }
    }
}
