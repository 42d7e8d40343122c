package org.kemo.runtime.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.runtime.checksum.Sha256;

/**
 * A model hub on this machine with one repository, {@code owner/name}, and a second server that it sends on to for large files, as the
 * real one does. What goes wrong is put into {@link #faults} and happens to the requests for files in this order.
 */
public final class HubServer implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    /** Files by path. Those that end with {@code .safetensors} or {@code .onnx} are large. */
    public final Map<String, byte[]> files = new TreeMap<>();

    final Deque<Fault> faults = new ConcurrentLinkedDeque<>();

    /** What was asked for: the path, and where it stands the range and the token. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** The size of large files that lists and headers say instead of what it is, where it is positive. */
    long announcedBytes = -1;

    /** Small files of which other bytes come, once each. */
    final Set<String> garbled = ConcurrentHashMap.newKeySet();

    /** So many files stand on a page of the list. */
    int filesOfAPage = Integer.MAX_VALUE;

    /** What each page of the list names as the next one, whether there is one or not. */
    Optional<String> nextPage = Optional.empty();

    /** The commit that the branch means now; files are there of {@link #COMMIT} alone. */
    String head = COMMIT;

    Optional<String> redirect = Optional.empty();
    Optional<String> neededToken = Optional.empty();

    private final HttpServer front;
    private final HttpServer back;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch resumed = new CountDownLatch(1);

    /** What happens to a request. */
    sealed interface Fault permits Cut, Stall, Pause, Status, Garbled, Part, Beginning, Unconditional {}

    /** The connection breaks after so many bytes. */
    record Cut(int bytes) implements Fault {}

    /** Nothing more comes after so many bytes. */
    record Stall(int bytes) implements Fault {}

    /** Nothing more comes after so many bytes until {@link #resume}. */
    record Pause(int bytes) implements Fault {}

    /** Another status. */
    record Status(int status) implements Fault {}

    /**
     * No more of a range than so many bytes, as a server may do.
     *
     * @param total what it says to be the file's size
     */
    record Part(int bytes, String total) implements Fault {}

    /** So many bytes from the beginning come as a range, whichever was asked for. */
    record Beginning(int bytes) implements Fault {}

    /** A range comes whatever version of the file it was asked for. */
    record Unconditional() implements Fault {}

    /** All bytes are others. */
    record Garbled() implements Fault {}

    /** Starts it. */
    public HubServer() throws IOException {
        front = server(this::front);
        back = server(this::back);
        files.put("config.json", text("{}"));
        files.put("tokenizer.json", text("{\"version\": \"1.0\"}"));
        files.put("model.safetensors", bytes(3 << 20));
        files.put("pytorch_model.bin", bytes(100));
        files.put("README.md", text("# A model"));
    }

    private HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    private void front(HttpExchange exchange) throws IOException {
        note(exchange, "");
        String path = exchange.getRequestURI().getPath();
        if (neededToken.isPresent()
                && !("Bearer " + neededToken.get())
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, text("no"));
        } else if (path.equals("/api/models/owner/name/revision/main")) {
            answer(exchange, 200, text("{\"sha\": \"" + head + "\"}"));
        } else if (path.equals("/api/models/owner/name/tree/" + COMMIT)) {
            list(exchange);
        } else if (path.startsWith("/owner/name/resolve/" + COMMIT + "/")) {
            String file = path.substring(("/owner/name/resolve/" + COMMIT + "/").length());
            if (isLarge(file)) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                redirect.orElse(
                                        "http://127.0.0.1:" + back.getAddress().getPort() + "/" + file));
                answer(exchange, 302, new byte[0]);
            } else {
                serve(exchange, file);
            }
        } else if (path.startsWith("/files/")) {
            serve(exchange, path.substring("/files/".length()));
        } else {
            answer(exchange, 404, text("no"));
        }
    }

    private void back(HttpExchange exchange) throws IOException {
        note(exchange, "back:");
        serve(exchange, exchange.getRequestURI().getPath().substring(1));
    }

    private void note(HttpExchange exchange, String server) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(server
                + exchange.getRequestURI().getPath()
                + (range == null ? "" : " " + range)
                + (token == null ? "" : " " + token));
    }

    private void serve(HttpExchange exchange, String file) throws IOException {
        byte[] content = files.get(file);
        if (content == null) {
            answer(exchange, 404, text("no"));
            return;
        }
        Fault fault = isLarge(file) || file.endsWith(".bin") || file.endsWith(".jar") ? faults.poll() : null;
        if (garbled.remove(file)) {
            fault = new Garbled();
        }
        if (fault instanceof Status other) {
            answer(exchange, other.status(), text("no"));
            return;
        }
        String etag = "\"" + Sha256.of(content) + "\"";
        exchange.getResponseHeaders().add("ETag", etag);
        Matcher range =
                RANGE.matcher(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                        .orElse(""));
        int begin = 0;
        int end = content.length;
        int status = 200;
        boolean asked = fault instanceof Unconditional
                || etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
        if (range.matches() && asked) {
            begin = Integer.parseInt(range.group(1));
            if (begin >= end) {
                exchange.getResponseHeaders().add("Content-Range", "bytes */" + end);
                answer(exchange, 416, new byte[0]);
                return;
            }
            status = 206;
            String total = String.valueOf(end);
            if (fault instanceof Part part) {
                end = Math.min(end, begin + part.bytes());
                total = part.total();
            } else if (fault instanceof Beginning beginning) {
                begin = 0;
                end = beginning.bytes();
            }
            exchange.getResponseHeaders().add("Content-Range", "bytes " + begin + "-" + (end - 1) + "/" + total);
        }
        byte[] part = Arrays.copyOfRange(content, begin, end);
        if (fault instanceof Garbled) {
            for (int i = 0; i < part.length; i++) {
                part[i] ^= 1;
            }
        }
        exchange.sendResponseHeaders(status, isLarge(file) && announcedBytes >= 0 ? announcedBytes : part.length);
        int sent = Math.min(sent(fault), part.length);
        exchange.getResponseBody().write(part, 0, sent);
        exchange.getResponseBody().flush();
        if (fault instanceof Stall) {
            await(over);
        } else if (fault instanceof Pause) {
            await(resumed);
            exchange.getResponseBody().write(part, sent, part.length - sent);
        }
        exchange.close();
    }

    /** How many bytes come at once. */
    private static int sent(Fault fault) {
        return fault instanceof Cut cut
                ? cut.bytes()
                : fault instanceof Stall stall
                        ? stall.bytes()
                        : fault instanceof Pause pause ? pause.bytes() : Integer.MAX_VALUE;
    }

    /** Lets come what a {@link Pause} holds back. */
    void resume() {
        resumed.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static boolean isLarge(String file) {
        return file.endsWith(".safetensors") || file.endsWith(".onnx");
    }

    /** A page of the list, which names the next one in a header as the real hub does. */
    private void list(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int from = Integer.parseInt(query.replaceFirst(".*&cursor=|.*", "0"));
        List<String> entries = listing();
        int to = (int) Math.min(entries.size(), (long) from + filesOfAPage);
        Optional<String> next = to < entries.size()
                ? Optional.of(address() + exchange.getRequestURI().getPath() + "?recursive=true&cursor=" + to)
                : Optional.empty();
        nextPage.or(() -> next)
                .ifPresent(link -> exchange.getResponseHeaders().add("Link", "<" + link + ">; rel=\"next\""));
        answer(exchange, 200, text(entries.subList(from, to).toString()));
    }

    private List<String> listing() {
        return files.entrySet().stream()
                .map(each -> isLarge(each.getKey())
                        ? """
                        {"type": "file", "path": "%s", "size": %s, "oid": "%s", "lfs": {"oid": "%s", "size": %s}}"""
                                .formatted(
                                        each.getKey(),
                                        each.getValue().length,
                                        COMMIT,
                                        Sha256.of(each.getValue()),
                                        announcedBytes < 0 ? each.getValue().length : announcedBytes)
                        : """
                        {"type": "file", "path": "%s", "size": %s, "oid": "%s"}"""
                                .formatted(each.getKey(), each.getValue().length, gitSum(each.getValue())))
                .toList();
    }

    /** Fills the cache folder of another program, as that links its files. */
    void fillCache(Path cache) throws IOException {
        Path repository = cache.resolve("models--owner--name");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots/" + COMMIT));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), COMMIT);
        Files.createDirectories(repository.resolve("blobs"));
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
            String sum = isLarge(each.getKey()) ? Sha256.of(each.getValue()) : gitSum(each.getValue());
            Files.write(repository.resolve("blobs").resolve(sum), each.getValue());
            Path link = snapshot.resolve(each.getKey());
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(
                    link,
                    link.getParent().relativize(repository.resolve("blobs").resolve(sum)));
        }
    }

    private static String gitSum(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(text("blob " + content.length + "\0"));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Requests for the content of a file. */
    List<String> requestsFor(String file) {
        return requests.stream()
                .filter(request -> request.matches(".*/" + file + "( .*)?"))
                .toList();
    }

    @Override
    public void close() {
        over.countDown();
        resumed.countDown();
        front.stop(0);
        back.stop(0);
        threads.shutdownNow();
    }
}
