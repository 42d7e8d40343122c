package org.kemo.manifest;

import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.manifest.table.NearestColumn;

/** Compares the columns that a manifest has with those that are asked for. */
final class Columns {
    private final ManifestOptions options;
    private final List<String> present;

    Columns(ManifestOptions options, List<String> present) {
        this.options = options;
        this.present = present;
    }

    /**
     * Checks that the required columns and one of a modality are there.
     *
     * @throws KemoException category INPUT, where they are not
     */
    void check() {
        for (String column : options.requiredColumns()) {
            if (!present.contains(column)) {
                throw missing("column [" + column + "]", List.of(column));
            }
        }
        if (options.modalityColumns().stream().noneMatch(present::contains)) {
            throw missing("column of a modality " + options.modalityColumns(), options.modalityColumns());
        }
    }

    /** Sentences about columns that nothing reads although they are called much like one that is not there. */
    List<String> warnings() {
        return options.columns().stream()
                .filter(column -> !present.contains(column))
                .flatMap(column -> nearest(column).stream()
                        .map(near -> "The column [" + near + "] is not read. Did you mean [" + column + "]?"))
                .toList();
    }

    private KemoException missing(String what, List<String> names) {
        Optional<String> near =
                names.stream().flatMap(name -> nearest(name).stream()).findFirst();
        return KemoException.input(
                "The manifest [" + options.file() + "] has no " + what + " among " + present + ".",
                near.map(name -> "Did you mean [" + name + "]? ").orElse("")
                        + "Rename the column, or name it in the options idColumn, labelColumn, audioColumns or textColumns.");
    }

    /** The column that nothing reads and that was most likely meant by a name. */
    private Optional<String> nearest(String name) {
        return new NearestColumn(present.stream()
                        .filter(column -> !options.columns().contains(column))
                        .toList())
                .to(name);
    }
}
