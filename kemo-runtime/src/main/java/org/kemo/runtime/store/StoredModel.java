package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.files.WholeFile;

/**
 * A model of the store. Its record {@value #RECORD} lists what was fetched and what lies there now: the sums that were found at the
 * first fetch hold from then on.
 *
 * @param folder of the store that holds the record
 * @param reference that it was fetched by
 * @param revision what the reference meant then; empty where it always means the same
 * @param at the folder or file that the reference names: {@code .} or a file's name; earlier versions named a folder of the hub's cache
 * @param compared whether the files are known to be all that the origin has
 * @param fetched the files as they came, by name
 * @param files what lies at {@code at}, by path
 */
public record StoredModel(
        Path folder,
        String reference,
        String revision,
        String at,
        boolean compared,
        Map<String, FileSum> fetched,
        SortedMap<String, FileSum> files) {
    /** The name of the record. */
    static final String RECORD = ".kemo-model";

    /** The folder of the record, as where it lies. */
    static final String HERE = ".";

    private static final String NOT_COMPARED = "no";
    private static final Pattern SUM = Pattern.compile("(?<sha256>[0-9a-f]{64}) (?<bytes>\\d{1,18}) (?<path>.+)");

    /** The folder or file that the reference names. */
    public Path path() {
        return folder.resolve(at).normalize();
    }

    /**
     * What names it.
     *
     * @throws KemoException category PLUGIN, where the record names nothing that is ever stored
     */
    ModelReference.Remote remote() {
        if (ModelReference.parse(reference) instanceof ModelReference.Remote remote) {
            return remote;
        }
        throw damaged(folder, "reference " + reference);
    }

    /** Whether what came is all that a person has pinned. */
    boolean fits(Map<String, FileSum> pins) {
        return pins.entrySet().stream().allMatch(pin -> pin.getValue().equals(came().get(pin.getKey())));
    }

    /** The files as they came, by name: a folder lies as it came. */
    private Map<String, FileSum> came() {
        return fetched.isEmpty() ? files : fetched;
    }

    /** Whether it lies in another program's folder, which may hold more than was fetched. */
    boolean isElsewhere() {
        return Path.of(at).isAbsolute();
    }

    /** Bytes of all its files. */
    public long bytes() {
        return files.values().stream().mapToLong(FileSum::bytes).sum();
    }

    /** Whether there is a record. */
    static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(RECORD));
    }

    /**
     * Reads a record.
     *
     * @throws KemoException category PLUGIN, where it is damaged
     */
    static StoredModel read(Path folder) {
        Map<String, String> words = new LinkedHashMap<>();
        Map<String, FileSum> fetched = new LinkedHashMap<>();
        SortedMap<String, FileSum> files = new TreeMap<>();
        for (String line : lines(folder)) {
            int blank = line.indexOf(' ');
            String word = blank < 0 ? line : line.substring(0, blank);
            String rest = blank < 0 ? "" : line.substring(blank + 1);
            Matcher sum = SUM.matcher(rest);
            switch (word) {
                case "fetched", "file" -> {
                    if (!sum.matches()) {
                        throw damaged(folder, line);
                    }
                    (word.equals("file") ? files : fetched)
                            .put(
                                    sum.group("path"),
                                    new FileSum(Long.parseLong(sum.group("bytes")), sum.group("sha256")));
                }
                case "reference", "revision", "at", "compared" -> words.put(word, rest);
                default -> throw damaged(folder, line);
            }
        }
        if (!words.containsKey("reference") || !words.containsKey("at") || files.isEmpty()) {
            throw damaged(folder, "");
        }
        return new StoredModel(
                folder,
                words.get("reference"),
                words.getOrDefault("revision", ""),
                words.get("at"),
                !words.getOrDefault("compared", "").equals(NOT_COMPARED),
                fetched,
                files);
    }

    private static List<String> lines(Path folder) {
        try {
            return Files.readAllLines(folder.resolve(RECORD)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw damaged(folder, "").causedBy(e);
        }
    }

    private static KemoException damaged(Path folder, String line) {
        return KemoException.plugin(
                "The record [" + folder.resolve(RECORD) + "] of a model cannot be read"
                        + (line.isEmpty() ? "." : ": [" + line + "]."),
                "Remove [" + folder + "], and the model is fetched anew.");
    }

    /** The same, known to be all that the origin has. */
    StoredModel whenCompared() {
        return new StoredModel(folder, reference, revision, at, true, fetched, files);
    }

    /** The same, in the folder of the record. */
    StoredModel whenHere() {
        return new StoredModel(folder, reference, revision, HERE, compared, fetched, files);
    }

    /** Writes the record, at once for those who read it meanwhile. */
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# What Kemo fetched, and what its files must stay: SHA-256, bytes, path.");
        lines.add("reference " + reference);
        if (!revision.isEmpty()) {
            lines.add("revision " + revision);
        }
        lines.add("at " + at);
        if (!compared) {
            lines.add("compared " + NOT_COMPARED);
        }
        fetched.forEach((name, sum) -> lines.add("fetched " + sum.sha256() + " " + sum.bytes() + " " + name));
        files.forEach((name, sum) -> lines.add("file " + sum.sha256() + " " + sum.bytes() + " " + name));
        WholeFile.replace(folder.resolve(RECORD), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What is wrong with the files, category PLUGIN.
     *
     * @param pins what a person has pinned; what came at the first fetch has to be there and fit that too
     * @param sums of files
     */
    List<KemoException> problems(Map<String, FileSum> pins, FileSums sums) {
        return problems(pins, Optional.of(sums));
    }

    /** The same by the sizes of the files alone, which are not read. */
    List<KemoException> problemsAtAGlance(Map<String, FileSum> pins) {
        return problems(pins, Optional.empty());
    }

    private List<KemoException> problems(Map<String, FileSum> pins, Optional<FileSums> sums) {
        List<KemoException> problems = new ArrayList<>();
        pins.forEach((name, pin) -> problem(name, pin, came()).ifPresent(problems::add));
        files.forEach((name, sum) -> problem(name, sum, sums).ifPresent(problems::add));
        return problems;
    }

    private Optional<KemoException> problem(String name, FileSum pin, Map<String, FileSum> came) {
        FileSum found = came.get(name);
        if (found == null) {
            return Optional.of(pinned("[" + name + "] is pinned and did not come; what came is "
                    + came.keySet().stream().sorted().toList()));
        }
        return found.equals(pin)
                ? Optional.empty()
                : Optional.of(pinned("[" + name + "] came with [" + found.bytes() + "] bytes and the SHA-256 ["
                        + found.sha256() + "] and is pinned with [" + pin.bytes() + "] and [" + pin.sha256() + "]"));
    }

    private Optional<KemoException> problem(String name, FileSum expected, Optional<FileSums> sums) {
        Path file = Files.isDirectory(path()) ? path().resolve(name) : path();
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.of(problem("[" + file + "] "
                        + (Files.isSymbolicLink(file)
                                ? "leads to [" + Files.readSymbolicLink(file) + "], which is missing"
                                : "is missing")));
            }
            if (Files.size(file) != expected.bytes()) {
                return Optional.of(
                        problem("[" + file + "] has [" + Files.size(file) + "] bytes, not [" + expected.bytes() + "]"));
            }
            if (sums.isEmpty()) {
                return Optional.empty();
            }
            String found = sums.get().of(file);
            return found.equals(expected.sha256())
                    ? Optional.empty()
                    : Optional.of(
                            problem("[" + file + "] has the SHA-256 [" + found + "], not [" + expected.sha256() + "]"));
        } catch (IOException e) {
            return Optional.of(
                    problem("[" + file + "] cannot be read: [" + e + "]").causedBy(e));
        }
    }

    private KemoException problem(String what) {
        return KemoException.plugin(
                "The model [" + reference + "] is not what was fetched: " + what + ".",
                "Fetch it anew with kemo models pull " + reference + ".");
    }

    private KemoException pinned(String what) {
        return KemoException.plugin(
                "The model [" + reference + "] is not what it is pinned as: " + what + ".",
                "Fetch it anew with kemo models pull " + reference
                        + ", or where the file is right, change the pin in config/models.yaml.");
    }
}
