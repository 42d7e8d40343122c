package org.kemo.runtime.store.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, taken piece by piece by one thread, which never waits for the next piece longer than a limit. The streams
 * of the JDK's client wait for ever.
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {
    /** So many pieces, of 16 KiB each, may wait to be taken. */
    private static final int AHEAD = 16;

    private final Duration stall;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile boolean closed;

    /** What the network says. */
    private sealed interface Event permits Piece, End {}

    private record Piece(List<ByteBuffer> bytes) implements Event {}

    private record End(Optional<Throwable> cause) implements Event {}

    Body(Duration stall) {
        this.stall = stall;
    }

    /**
     * The next bytes.
     *
     * @return empty at the end
     * @throws IOException where the connection broke, or nothing came for too long
     */
    List<ByteBuffer> next() throws IOException {
        Event event = take();
        if (event instanceof Piece piece) {
            subscription.join().request(1);
            return piece.bytes();
        }
        events.add(event);
        Optional<Throwable> cause = ((End) event).cause();
        if (cause.isPresent()) {
            throw new IOException(cause.get().getMessage(), cause.get());
        }
        return List.of();
    }

    private Event take() throws IOException {
        try {
            Event event = events.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new HttpTimeoutException("nothing came for " + stall.toSeconds() + " s");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Ends the connection where the body was not taken to its end. */
    @Override
    public void close() {
        closed = true;
        if (subscription.isDone()) {
            subscription.join().cancel();
        }
    }

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription.complete(made);
        made.request(AHEAD);
        if (closed) {
            made.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        events.add(new Piece(bytes));
    }

    @Override
    public void onError(Throwable thrown) {
        events.add(new End(Optional.of(thrown)));
    }

    @Override
    public void onComplete() {
        events.add(new End(Optional.empty()));
    }
}
