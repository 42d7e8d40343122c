package org.kemo.runtime.store.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.kemo.api.KemoException;

/**
 * Asks servers. Redirects are followed here and not by the JDK's client, which would take the token along to any host. Safe for use
 * by several threads at once.
 */
public final class Web {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 10;

    /** What part of the stall connecting may take, so that a server that is not there is told from a slow one. */
    private static final int CONNECTING = 3;

    /** A listing of a model's files has some kilobytes. */
    private static final int LONGEST_TEXT = 64 << 20;

    private final Duration stall;
    private final Retries retries;
    private Optional<HttpClient> client = Optional.empty();

    /**
     * A client.
     *
     * @param stall a connection that gives nothing for so long is given up; one that is not made, after a third of it
     * @param retries of what broke
     */
    public Web(Duration stall, Retries retries) {
        this.stall = stall;
        this.retries = retries;
    }

    /** What a machine's network mostly needs: 30 seconds, and five tries. */
    public static Web ofThisMachine() {
        return new Web(Duration.ofSeconds(30), new Retries(5, Duration.ofSeconds(1)));
    }

    Retries retries() {
        return retries;
    }

    /**
     * A text with the headers that came with it.
     *
     * @throws KemoException category PLUGIN, where it cannot be had
     */
    public Text text(Source source) {
        return retries.run(source, () -> 0, () -> {
            try (Answer answer = open(source, Map.of())) {
                Refusal.check(answer, source);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (List<ByteBuffer> next = answer.body().next();
                        !next.isEmpty();
                        next = answer.body().next()) {
                    for (ByteBuffer piece : next) {
                        byte[] copy = new byte[piece.remaining()];
                        piece.get(copy);
                        bytes.writeBytes(copy);
                    }
                    if (bytes.size() > LONGEST_TEXT) {
                        throw KemoException.plugin(
                                "The answer of [" + source.place() + "] is longer than [" + LONGEST_TEXT + "] bytes.",
                                "Check that the address is right.");
                    }
                }
                return new Text(bytes.toString(StandardCharsets.UTF_8), answer.header("Link"));
            }
        });
    }

    /**
     * A text.
     *
     * @param content of the body
     * @param link the header of that name (RFC 8288)
     */
    public record Text(String content, Optional<String> link) {}

    /**
     * Asks, and follows redirects.
     *
     * @param headers besides those that are always sent
     */
    Answer open(Source source, Map<String, String> headers) throws IOException {
        URI uri = source.uri();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Answer answer = ask(uri, source, headers);
            Optional<String> location = answer.header("Location");
            if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
                return answer;
            }
            answer.close();
            uri = next(uri, location.get(), source);
        }
        throw KemoException.plugin(
                "The server of [" + source.place() + "] sends on more than [" + MOST_REDIRECTS + "] times.",
                "Check that the address is right.");
    }

    private static URI next(URI from, String location, Source source) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw noAddress(location, source).causedBy(e);
        }
        if (to.getHost() == null || !to.getScheme().matches("(?i)https?")) {
            throw noAddress(location, source);
        }
        // Whoever names a server without https has decided so.
        if (isTrusted(from) && !isTrusted(to)) {
            throw KemoException.plugin(
                    "The server of [" + source.place() + "] sends on to [" + to.getScheme() + "://" + to.getHost()
                            + "], where anybody on the way could change what comes.",
                    "Use an address that stays on https.");
        }
        return to;
    }

    private static KemoException noAddress(String location, Source source) {
        return KemoException.plugin(
                "The server of [" + source.place() + "] sends on to [" + location + "], which is no address.",
                "Check that the address is right.");
    }

    /** Whether nobody on the way can change what comes: https, or this machine itself. */
    public static boolean isTrusted(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && isThisMachine(uri.getHost()));
    }

    private static boolean isThisMachine(String host) {
        boolean named = host.equals("localhost") || host.matches("127\\.[0-9.]+|\\[::1\\]");
        try {
            return named && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Answer ask(URI uri, Source source, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "kemo");
        headers.forEach(request::header);
        source.credential()
                .filter(credential -> credential.isFor(uri))
                .ifPresent(credential -> request.header("Authorization", "Bearer " + credential.token()));
        // Not with a timeout of the request: in later versions of Java that counts the time of the whole body.
        CompletableFuture<HttpResponse<Body>> answer =
                client().sendAsync(request.build(), headersOfAnswer -> new Body(stall));
        try {
            HttpResponse<Body> response = answer.get(stall.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("nothing came for " + stall.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw asIo(e.getCause());
        }
    }

    private static IOException asIo(Throwable cause) {
        if (cause instanceof ConnectException) {
            // The client's own message is mostly empty.
            boolean unknown = Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                    .anyMatch(UnresolvedAddressException.class::isInstance);
            ConnectException plain = new ConnectException(unknown ? "its name is not known" : "nobody answers there");
            plain.initCause(cause);
            return plain;
        }
        return cause instanceof IOException known ? known : new IOException(String.valueOf(cause.getMessage()), cause);
    }

    /** Made when something is fetched: most commands find all models on this machine. */
    private synchronized HttpClient client() {
        if (client.isEmpty()) {
            client = Optional.of(HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(stall.dividedBy(CONNECTING))
                    .proxy(ProxySelector.getDefault())
                    .build());
        }
        return client.get();
    }
}
