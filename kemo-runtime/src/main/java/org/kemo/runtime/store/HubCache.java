package org.kemo.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.store.download.Room;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other programs have fetched from a hub: {@code models--OWNER--NAME/refs/REVISION} holds a commit, {@code snapshots/COMMIT} the
 * files, mostly as links to {@code blobs/SUM}. It is read and never written: what is used of it is linked elsewhere.
 */
final class HubCache {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHARD = Pattern.compile("model-\\d+-of-(?<count>\\d{1,5})\\.safetensors");
    private static final String INDEX = "model.safetensors.index.json";
    private static final String LAYERS = "modules.json";

    private final Path folder;
    private final HubFiles hubFiles;

    HubCache(Path folder, HubFiles hubFiles) {
        this.folder = folder;
        this.hubFiles = hubFiles;
    }

    /**
     * What came of a search.
     *
     * @param snapshot that has all that Kemo needs; there may be more that it would read
     * @param problem why there is none, as a clause; empty where there is one
     */
    record Found(Optional<Path> snapshot, String problem) {
        private static Found nothing(String problem) {
            return new Found(Optional.empty(), problem);
        }
    }

    /** Looks for a model. */
    Found find(ModelReference.Hub reference) {
        Path repository = folder.resolve("models--" + reference.owner() + "--" + reference.name());
        if (!Files.isDirectory(repository)) {
            return Found.nothing("there is no folder [" + repository + "]");
        }
        Optional<String> commit = commit(repository, reference.revision());
        if (commit.isEmpty()) {
            List<String> others = refs(repository);
            return Found.nothing("[" + repository + "] has no ref [" + reference.revision() + "]"
                    + (others.isEmpty() ? "" : ", but " + others));
        }
        Path snapshot = repository.resolve("snapshots").resolve(commit.get());
        if (!Files.isDirectory(snapshot)) {
            return Found.nothing("there is no folder [" + snapshot + "]");
        }
        return lack(snapshot)
                .map(lack -> Found.nothing("[" + snapshot + "] lacks " + lack))
                .orElseGet(() -> new Found(Optional.of(snapshot), ""));
    }

    /** Those that hold a commit. */
    private static List<String> refs(Path repository) {
        return files(repository.resolve("refs"), Integer.MAX_VALUE).stream()
                .filter(ref -> commit(repository, ref).isPresent())
                .toList();
    }

    private static Optional<String> commit(Path repository, String revision) {
        if (COMMIT.matcher(revision).matches()) {
            return Optional.of(revision);
        }
        Path refs = repository.resolve("refs");
        Path ref = refs.resolve(revision).normalize();
        try {
            return ref.startsWith(refs) && Files.isRegularFile(ref)
                    ? Optional.of(Files.readString(ref).strip())
                            .filter(commit -> COMMIT.matcher(commit).matches())
                    : Optional.empty();
        } catch (IOException e) {
            // As if it were not there: the hub has it too.
            return Optional.empty();
        }
    }

    /** The first that is missing of what Kemo needs. */
    private Optional<String> lack(Path snapshot) {
        List<String> files = files(snapshot, 2);
        return HubFiles.lack(files).or(() -> among(files, snapshot)
                .map(chosen -> lackOfShards(chosen)
                        .or(() -> lackOfLayers(snapshot, chosen))
                        .or(() -> lackOfData(snapshot, chosen)))
                .orElseGet(() -> Optional.of("weights, such as [model.safetensors]")));
    }

    private Optional<List<String>> among(List<String> files, Path snapshot) {
        return hubFiles.among(files, () -> HubFiles.configuration(snapshot));
    }

    private static Optional<String> lackOfShards(List<String> files) {
        List<Matcher> shards =
                files.stream().map(SHARD::matcher).filter(Matcher::matches).toList();
        if (!files.contains(INDEX)) {
            return shards.isEmpty() ? Optional.empty() : Optional.of("[" + INDEX + "]");
        }
        return !shards.isEmpty() && Integer.parseInt(shards.get(0).group("count")) == shards.size()
                ? Optional.empty()
                : Optional.of("files that [" + INDEX + "] names");
    }

    /** Of a sentence-transformers folder: what its list of layers names, but for layers that have no files. */
    private static Optional<String> lackOfLayers(Path snapshot, List<String> files) {
        if (!files.contains(LAYERS)) {
            return Optional.empty();
        }
        try {
            for (JsonNode layer : JsonMapper.shared().readTree(Files.readString(snapshot.resolve(LAYERS)))) {
                String type = layer.path("type").asString("");
                String config = layer.path("path").asString("") + "/config.json";
                if (type.matches(".*\\.(Pooling|Dense)") && !files.contains(config)) {
                    return Optional.of("[" + config + "]");
                }
                String weights = layer.path("path").asString("") + "/model.safetensors";
                if (type.endsWith(".Dense") && !files.contains(weights)) {
                    return Optional.of("[" + weights + "]");
                }
            }
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.of("a list of layers [" + LAYERS + "] that can be read");
        }
    }

    /** Of an ONNX model: the files that it keeps weights in. One that cannot be used is not whole: the hub may have it otherwise. */
    private static Optional<String> lackOfData(Path snapshot, List<String> files) {
        try {
            return HubFiles.data(files, snapshot).stream()
                    .filter(name -> !Files.isRegularFile(snapshot.resolve(name)))
                    .findFirst()
                    .map(name -> "[" + name + "]");
        } catch (KemoException e) {
            return Optional.of("an ONNX model that can be used");
        }
    }

    /** Whether a folder has files of a hub with their sizes. */
    static boolean has(Path folder, List<HubListing.Entry> entries) {
        return entries.stream().allMatch(entry -> {
            try {
                return Files.size(folder.resolve(entry.path())) == entry.bytes();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** The files of a snapshot that Kemo reads. */
    List<String> read(Path snapshot) {
        return HubFiles.withData(among(files(snapshot, 2), snapshot).orElse(List.of()), snapshot);
    }

    /**
     * Links files to where they lie; copies them where no links can be made, and where an ONNX model looks for data beside itself, which a
     * link would lead it away from.
     *
     * @param names of the files
     * @param into a folder; what stands there under these names makes way
     * @throws KemoException category PLUGIN, where there is no room for copies, or an ONNX model among the files is none
     */
    static void take(Collection<String> names, Path snapshot, Path into) throws IOException {
        boolean copied = !HubFiles.data(names, snapshot).isEmpty();
        for (String name : names) {
            Path real = snapshot.resolve(name).toRealPath();
            Path taken = into.resolve(name);
            Files.createDirectories(taken.getParent());
            Files.deleteIfExists(taken);
            if (copied || !link(taken, real)) {
                Room.check(into, Files.size(real), name);
                Files.copy(real, taken);
            }
        }
    }

    private static boolean link(Path link, Path file) {
        try {
            Files.createSymbolicLink(link, file);
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            // Some file systems have none, and some systems let only some people make them.
            return false;
        }
    }

    /** The files of a folder, sorted; none where it cannot be read. */
    private static List<String> files(Path folder, int depth) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            TreeSet<String> names = new TreeSet<>();
            found.filter(Files::isRegularFile)
                    .forEach(
                            file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
            return List.copyOf(names);
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /**
     * Checks a file against its pin and against the name that the cache keeps it under, which is its sum: SHA-256 for large files, which
     * are read once, else that of git.
     *
     * @param name as it is pinned
     * @throws KemoException category PLUGIN, where it is another one
     */
    static void check(String name, Path file, Pins pins) {
        try {
            Path blob = file.toRealPath();
            String sum = blob.getFileName().toString();
            pins.check(
                    name,
                    blob,
                    SHA256.matcher(sum).matches() ? Optional.of(new FileSum(Files.size(blob), sum)) : Optional.empty());
            if (COMMIT.matcher(sum).matches() && !gitSum(blob).equals(sum)) {
                throw KemoException.plugin(
                        "The file [" + file + "] of the hub's cache is damaged: its sum is not its name.",
                        "Remove [" + blob + "] and fetch the model again.");
            }
        } catch (IOException e) {
            throw KemoException.plugin("The file [" + file + "] cannot be read: [" + e + "].", "Check its permissions.")
                    .causedBy(e);
        }
    }

    /** Of a file as git names it: SHA-1 over {@code blob SIZE}, a zero byte, and the content. */
    static String gitSum(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
        digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
