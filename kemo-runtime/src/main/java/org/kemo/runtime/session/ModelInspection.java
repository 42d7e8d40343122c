package org.kemo.runtime.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.FileState;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;

/**
 * Looks at ONNX files before they are loaded: a file can be read to its end, asks for no operators from outside ONNX Runtime, and its
 * data are in its own folder. What was looked at once is not looked at again as long as it stays as it is. Safe for use by several
 * threads at once.
 */
public final class ModelInspection {
    /** By this place ONNX Runtime means an address in memory, which no file has the right to name. */
    private static final String MEMORY_MARK = "_ORT_MEM_ADDR_";

    private static final String AGAIN = "Export it again, or fetch it again.";

    private final FileSums sums;
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    /**
     * Nothing was looked at yet.
     *
     * @param sums remembers the sums of files
     */
    public ModelInspection(FileSums sums) {
        this.sums = sums;
    }

    /**
     * A file that was looked at.
     *
     * @param states of all that was looked at, from before
     */
    private record Seen(ModelFile model, Map<Path, FileState> states) {
        boolean holds() {
            try {
                for (Map.Entry<Path, FileState> each : states.entrySet()) {
                    if (!FileState.of(each.getKey()).equals(each.getValue())) {
                        return false;
                    }
                }
                return true;
            } catch (IOException gone) {
                return false;
            }
        }
    }

    /**
     * The SHA-256 sum of a file in hexadecimal; of its sum and those of its data files, where it has any.
     *
     * @throws KemoException category PLUGIN, where it cannot be used
     */
    public String sha256(Path file) {
        return inspect(file).sha256();
    }

    /**
     * The files that a model keeps data in, by their paths relative to it. Whether they are there is not looked at.
     *
     * @throws KemoException category PLUGIN, where it is no model, or keeps data outside its folder
     */
    public static SortedSet<String> dataFiles(Path file) {
        Path model = file.toAbsolutePath().normalize();
        try {
            SortedSet<String> names = new TreeSet<>();
            for (String location : scan(file).dataFiles()) {
                Path name = model.getParent().relativize(place(model, location));
                names.add(name.toString().replace('\\', '/'));
            }
            return names;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Looks at a file.
     *
     * @throws KemoException category PLUGIN, where it cannot be used
     */
    ModelFile inspect(Path file) {
        Seen before = seen.get(file);
        if (before != null && before.holds()) {
            return before.model();
        }
        if (!Files.isRegularFile(file)) {
            throw KemoException.plugin("The model [" + file + "] does not exist.", "Check the path.");
        }
        try {
            Seen now = look(file);
            seen.put(file, now);
            return now.model();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static KemoException unreadable(Path file, IOException e) {
        return KemoException.plugin("The model [" + file + "] cannot be read.", "Check its permissions.")
                .causedBy(e);
    }

    private Seen look(Path file) throws IOException {
        Map<Path, FileState> states = new HashMap<>(Map.of(file, FileState.of(file)));
        Path real = file.toRealPath();
        ModelScan scan = scan(real);
        if (!scan.foreignDomains().isEmpty()) {
            throw KemoException.plugin(
                    "The model [" + file + "] needs operators of " + scan.foreignDomains()
                            + ", which do not come with ONNX Runtime.",
                    "Export it with standard operators; libraries of operators are not loaded.");
        }
        String sum = sums.of(real);
        long bytes = Files.size(real);
        StringBuilder all = new StringBuilder(sum);
        Path path = besideItsData(file, real, scan);
        for (Path data : dataFiles(path, real, scan)) {
            FileState state = FileState.of(data);
            states.put(data, state);
            bytes += state.bytes();
            all.append(' ').append(sums.of(data));
        }
        String whole = scan.dataFiles().isEmpty() ? sum : Sha256.of(all.toString());
        return new Seen(new ModelFile(path, whole, bytes, scan.exactSums()), states);
    }

    private static ModelScan scan(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return ModelScan.of(in);
        } catch (ModelScan.NotAModelException e) {
            throw KemoException.plugin("The model [" + path + "] is not an ONNX model, or is cut short.", AGAIN)
                    .causedBy(e);
        }
    }

    /**
     * The path by which a model is loaded: the file without links, but for one whose data lie beside the link. The cache of a hub keeps each
     * file under its sum, and links to them, by the names that they have for each other, in another folder.
     */
    private static Path besideItsData(Path file, Path real, ModelScan scan) throws IOException {
        Path named = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        try {
            boolean linked = !scan.dataFiles().isEmpty()
                    && scan.dataFiles().stream().map(named::resolveSibling).allMatch(Files::isRegularFile);
            return linked ? named : real;
        } catch (InvalidPathException e) {
            // Which place cannot be is said where it is judged.
            return real;
        }
    }

    private static SortedSet<Path> dataFiles(Path model, Path real, ModelScan scan) throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        for (String location : scan.dataFiles()) {
            files.add(dataFile(model, real, location));
        }
        return files;
    }

    /**
     * A data file that is there; links are followed before it is judged where it is: in the folder of the model, or of the file that this is
     * a link to.
     */
    private static Path dataFile(Path model, Path real, String location) throws IOException {
        Path file = place(model, location);
        if (Files.exists(file)
                && Stream.of(model, real).map(Path::getParent).noneMatch(file.toRealPath()::startsWith)) {
            throw outside(model, location);
        }
        if (!Files.isRegularFile(file)) {
            throw KemoException.plugin(
                    "The model [" + model + "] needs its data file [" + location + "], which does not exist.",
                    "Put it into the folder of the model.");
        }
        return file;
    }

    private static KemoException outside(Path model, String location) {
        return KemoException.plugin(
                "The model [" + model + "] keeps data outside its folder, in [" + location + "].",
                "Use a model whose data files lie in its own folder; a link out of it will not do.");
    }

    /** Where a data file has to be, by its place relative to the model. */
    private static Path place(Path model, String location) {
        Path folder = model.getParent();
        try {
            Path relative = Path.of(location);
            Path file = folder.resolve(relative).normalize();
            if (location.contains(MEMORY_MARK) || relative.isAbsolute() || !file.startsWith(folder)) {
                throw outside(model, location);
            }
            return file;
        } catch (InvalidPathException e) {
            throw KemoException.plugin(
                            "The model [" + model + "] names a data file [" + location + "] that cannot be.", AGAIN)
                    .causedBy(e);
        }
    }
}
