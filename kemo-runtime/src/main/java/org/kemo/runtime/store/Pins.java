package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;

/** What the files of one model must be, and what those were that came. Belongs to one thread. */
final class Pins {
    private static final String CHANGE = "; where the change is right, change the pin.";

    private final ModelReference reference;
    private final Map<String, FileSum> pinned;
    private final Map<String, FileSum> seen = new LinkedHashMap<>();

    Pins(ModelReference reference, Map<String, FileSum> pinned) {
        this.reference = reference;
        this.pinned = Map.copyOf(pinned);
    }

    /** What a file must be, where it is pinned. */
    Optional<FileSum> of(String name) {
        return Optional.ofNullable(pinned.get(name));
    }

    /**
     * Checks that all comes that is pinned, before it is fetched.
     *
     * @param coming names of all files that are fetched
     * @throws KemoException category PLUGIN, where a pinned one is not among them
     */
    void checkNames(Collection<String> coming) {
        for (String name : pinned.keySet().stream().sorted().toList()) {
            if (!coming.contains(name)) {
                throw KemoException.plugin(
                        "The file [" + name + "] of [" + reference.text()
                                + "] is pinned and does not come; what comes is "
                                + coming.stream().sorted().toList() + ".",
                        "Correct the name of the pin in config/models.yaml, or the reference.");
            }
        }
    }

    /**
     * Checks a file.
     *
     * @param announced what its server says that it is, where it does
     * @throws KemoException category PLUGIN, where it is another one
     */
    void check(String name, Path file, Optional<FileSum> announced) {
        FileSum found = sum(file);
        String again = "Remove [" + file + "] if it is still there, and ask again";
        if (of(name).filter(pin -> !pin.equals(found)).isPresent()) {
            throw differs(name, pinned.get(name), found, again + CHANGE);
        }
        if (announced.filter(sum -> !sum.equals(found)).isPresent()) {
            throw differs(name, announced.get(), found, again + ".");
        }
        seen.put(name, found);
    }

    /**
     * Checks what a server says of a file before it is fetched.
     *
     * @throws KemoException category PLUGIN, where it is another one than is pinned
     */
    void checkAnnounced(String name, FileSum announced) {
        Optional<FileSum> expected = of(name);
        if (expected.isPresent() && !expected.get().equals(announced)) {
            throw differs(name, expected.get(), announced, "Name the revision that it was pinned at" + CHANGE);
        }
    }

    /** What was checked, by name. */
    Map<String, FileSum> seen() {
        return Map.copyOf(seen);
    }

    private KemoException differs(String name, FileSum expected, FileSum found, String remedy) {
        return KemoException.plugin(
                "The file [" + name + "] of [" + reference.text() + "] has [" + found.bytes()
                        + "] bytes and the SHA-256 [" + found.sha256() + "], not [" + expected.bytes() + "] and ["
                        + expected.sha256() + "].",
                "It was damaged on the way or changed at its origin. " + remedy);
    }

    private static FileSum sum(Path file) {
        try {
            return FileSum.of(file);
        } catch (IOException e) {
            throw KemoException.plugin("The file [" + file + "] cannot be read: [" + e + "].", "Check its permissions.")
                    .causedBy(e);
        }
    }
}
