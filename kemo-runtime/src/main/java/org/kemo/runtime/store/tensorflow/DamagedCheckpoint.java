package org.kemo.runtime.store.tensorflow;

import java.io.IOException;
import java.io.Serial;

/** A file that is not what its format says; the message completes "it cannot be used: ". */
final class DamagedCheckpoint extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    DamagedCheckpoint(String message) {
        super(message);
    }
}
