package org.kemo.runtime.store.download;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server answers.
 *
 * @param status of HTTP
 * @param headers of the last server that was sent on to
 * @param body to be closed
 */
record Answer(int status, HttpHeaders headers, Body body) implements AutoCloseable {
    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The length of the body in bytes, where the server says it. */
    OptionalLong length() {
        return headers.firstValueAsLong("Content-Length");
    }

    @Override
    public void close() {
        body.close();
    }
}
