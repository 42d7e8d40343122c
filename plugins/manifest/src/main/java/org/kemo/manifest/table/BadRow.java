package org.kemo.manifest.table;

import java.io.Serial;

/** Says why a row is left out. */
public final class BadRow extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Leaves a row out.
     *
     * @param message what is wrong with it, for {@link Table.Problem}
     */
    public BadRow(String message) {
        super(message);
    }
}
