package org.kemo.runtime.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.kemo.api.KemoException;

/**
 * The sessions of one device, within a budget of memory. A session that someone leases stays; one that no one leases stays
 * until its memory is needed, and then the one that was not used for longest goes first. Safe for use by several threads at
 * once.
 *
 * <p>What a session takes is estimated, since ONNX Runtime does not tell: {@value #SIZES} times the size of the model with
 * its data files, and {@value #FIXED_BYTES} bytes. What runs take beside that depends on the lengths of inputs and is not
 * counted.
 */
final class DeviceSessions {
    /**
     * While a model opens, its file and its weights are in memory together, and glibc keeps what is free then: a process grew
     * by 2.0 sizes of a model of 192 MiB, and by 1.1 with MALLOC_MMAP_THRESHOLD_=1048576 in its environment.
     */
    static final double SIZES = 2;

    static final long FIXED_BYTES = 4L << 20;

    private final Device device;
    private final long budget;
    private final SessionOpener opener;

    /** By the model's sum, the one that was not used for longest first. Guarded by this, as all fields below. */
    private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, Tally> tallies = new TreeMap<>();
    private long used;
    private boolean closed;

    DeviceSessions(Device device, long budget, SessionOpener opener) {
        this.device = device;
        this.budget = budget;
        this.opener = opener;
    }

    /** One session and how often it is leased. It is open or being opened by the first that leased it. */
    static final class Held {
        private final ModelFile model;
        private final long memory;
        private final CompletableFuture<PooledSession> opening = new CompletableFuture<>();
        private int leases;

        private Held(ModelFile model, long memory) {
            this.model = model;
            this.memory = memory;
        }

        private boolean isOpen() {
            return opening.isDone() && !opening.isCompletedExceptionally();
        }

        /** How many requests wait for a permit; none while the session opens. */
        private int waiting() {
            return isOpen() ? opening.join().waiting() : 0;
        }

        /** The session, which stands as long as it is leased; waits for it to open. */
        PooledSession session() {
            try {
                return opening.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof KemoException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }

    private record Tally(ModelFile model, SessionCounters counters) {}

    /**
     * A lease on the session of a model. The first that asks opens it; others that ask meanwhile wait.
     *
     * @return empty where there is no room
     * @throws KemoException where the session cannot be opened, or the pool is closed
     */
    Optional<Held> lease(ModelFile model) {
        Held mine;
        boolean first;
        synchronized (this) {
            if (closed) {
                throw OnnxSessionPool.closed();
            }
            first = !held.containsKey(model.sha256());
            if (first && !add(model)) {
                return Optional.empty();
            }
            mine = held.get(model.sha256());
            mine.leases++;
        }
        if (first) {
            open(mine);
        }
        try {
            mine.session();
            return Optional.of(mine);
        } catch (RuntimeException e) {
            discard(mine);
            throw e;
        }
    }

    private boolean add(ModelFile model) {
        long memory = (long) (SIZES * model.bytes()) + FIXED_BYTES;
        if (!makeRoom(memory)) {
            return false;
        }
        held.put(model.sha256(), new Held(model, memory));
        tallies.computeIfAbsent(model.sha256(), sum -> new Tally(model, new SessionCounters()));
        used += memory;
        return true;
    }

    private void open(Held mine) {
        try {
            opened(mine, opener.open(mine.model, device, counters(mine)));
        } catch (RuntimeException | Error e) {
            mine.opening.completeExceptionally(e);
        }
    }

    private synchronized void opened(Held mine, PooledSession session) {
        if (closed) {
            session.refuse();
        }
        mine.opening.complete(session);
    }

    private synchronized SessionCounters counters(Held mine) {
        return tallies.get(mine.model.sha256()).counters();
    }

    /** Lets idle sessions go until there is room; none, where all of them would not do. */
    private boolean makeRoom(long memory) {
        long idle = held.values().stream()
                .filter(one -> one.leases == 0)
                .mapToLong(one -> one.memory)
                .sum();
        if (used - idle + memory > budget) {
            return false;
        }
        Iterator<Held> oldestFirst = held.values().iterator();
        while (used + memory > budget && oldestFirst.hasNext()) {
            Held one = oldestFirst.next();
            // Without leases it is open, since who opens has one. A run that its caller has left may still be ending.
            if (one.leases == 0 && one.session().closeIfIdle()) {
                oldestFirst.remove();
                used -= one.memory;
            }
        }
        return used + memory <= budget;
    }

    /** Ends a lease. */
    synchronized void giveBack(Held mine) {
        mine.leases--;
        // Looking it up marks it as used now.
        held.get(mine.model.sha256());
    }

    /** Ends a lease whose session did not open, for the last of which someone else may have made a new attempt. */
    private synchronized void discard(Held mine) {
        mine.leases--;
        if (held.remove(mine.model.sha256(), mine)) {
            used -= mine.memory;
        }
    }

    synchronized List<SessionStatistics> statistics() {
        return tallies.values().stream().map(this::snapshot).toList();
    }

    private SessionStatistics snapshot(Tally tally) {
        // Not looked up by its key, which would mark it as used.
        Optional<Held> one = held.values().stream()
                .filter(some -> some.model.sha256().equals(tally.model().sha256()))
                .findFirst();
        return tally.counters()
                .snapshot(
                        tally.model(),
                        device,
                        one.map(some -> some.leases).orElse(0),
                        one.map(Held::waiting).orElse(0),
                        one.map(some -> some.memory).orElse(0L));
    }

    /** Refuses what comes and what waits from now on. */
    synchronized void refuse() {
        closed = true;
        held.values().stream().filter(Held::isOpen).forEach(one -> one.session().refuse());
    }

    private synchronized List<Held> all() {
        return List.copyOf(held.values());
    }

    /** Refuses what comes and what waits, and ends all sessions as soon as nothing runs on them. */
    void close() {
        refuse();
        for (Held one : all()) {
            try {
                one.session().close();
            } catch (KemoException didNotOpen) {
                // Whoever leased it was told.
            }
        }
        synchronized (this) {
            held.clear();
            used = 0;
        }
    }
}
