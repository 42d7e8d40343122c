package org.kemo.runtime.store.download;

import java.net.URI;
import java.util.Optional;

/**
 * Where a file comes from.
 *
 * @param uri asked first; it may send on to others
 * @param name what errors call it
 * @param credential for the first place and no other
 * @param remedy what a person can do whom the server refuses it, a sentence
 */
public record Source(URI uri, String name, Optional<Credential> credential, String remedy) {
    /** Without a query, which may hold a signature. */
    String place() {
        return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
