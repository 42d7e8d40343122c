package org.kemo.runtime.ablation;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;

/**
 * The results of frozen steps, shared by all trials of an ablation and kept in memory as long as there is room, and counted: each clip
 * passes each extractor and pretrained encoder once, however many variants read its result. Safe for use by several threads at
 * once; two that ask for the same result at once wait for one computation.
 */
final class FrozenWork implements FeatureCache {
    private final FeatureCache kept;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder computed = new LongAdder();
    private final LongAdder nanoseconds = new LongAdder();

    /** Above a cache that outlasts the process. */
    FrozenWork(FeatureCache kept) {
        this.kept = kept;
    }

    private static final class Entry {
        private SoftReference<FloatTensor> value = new SoftReference<>(null);
        private volatile SoftReference<FloatTensor> offered = new SoftReference<>(null);
    }

    @Override
    public FloatTensor get(String key, Supplier<FloatTensor> compute) {
        asked.increment();
        Entry entry = entries.computeIfAbsent(key, any -> new Entry());
        synchronized (entry) {
            FloatTensor value = entry.value.get();
            if (value == null) {
                value = kept.get(key, () -> {
                    computed.increment();
                    long start = System.nanoTime();
                    try {
                        FloatTensor offered = entry.offered.get();
                        return offered == null ? compute.get() : offered;
                    } finally {
                        nanoseconds.add(System.nanoTime() - start);
                    }
                });
                entry.value = new SoftReference<>(value);
                entry.offered = new SoftReference<>(null);
            }
            return value;
        }
    }

    /** As it lies in the cache below: neither counted nor held here. */
    @Override
    public Optional<FloatTensor> kept(String key) {
        return kept.kept(key);
    }

    /** Without waiting for whoever computes it. */
    @Override
    public void offer(String key, FloatTensor result) {
        entries.computeIfAbsent(key, any -> new Entry()).offered = new SoftReference<>(result);
    }

    FrozenCounts counts() {
        return new FrozenCounts(entries.size(), computed.sum(), asked.sum(), nanoseconds.sum() / 1e9);
    }
}
