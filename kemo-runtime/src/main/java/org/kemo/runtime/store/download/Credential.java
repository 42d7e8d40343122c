package org.kemo.runtime.store.download;

import java.net.URI;
import java.util.Locale;

/**
 * A token and the place that it is for. A server may send a client on to another one, which must not learn the token.
 *
 * @param place scheme, host and port count
 * @param token sent as a bearer token (RFC 6750)
 */
public record Credential(URI place, String token) {
    boolean isFor(URI uri) {
        return origin(place).equals(origin(uri));
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Without the token: errors and logs print it. */
    @Override
    public String toString() {
        return "Credential[place=" + place + "]";
    }
}
