package org.kemo.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kemo.api.KemoException;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionPool;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.onnxruntime.OnnxEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link SessionPool} on ONNX Runtime. Models with the same SHA-256 sum share one session for each device, since the
 * options of a session follow from the device and the configuration.
 *
 * <p>A device that cannot be had is said once in the log and not tried again; a model that a CUDA device does not take goes to the next
 * device, and is tried there again only where no other takes it. Where no configured device has room for a model, idle sessions having
 * left, the lease is refused; where none takes it for another reason, that is the error.
 *
 * <p>Safe for use by several threads at once. Make it before anything else touches ONNX Runtime: it decides on the threads
 * that all sessions of the process share.
 */
public final class OnnxSessionPool implements SessionPool, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxSessionPool.class);

    private final SessionsConfiguration configuration;
    private final ModelInspection inspection;
    private final SessionOpener opener;

    /** The category of the last error that a device gave for a model, which others were asked for then; see {@link #key}. */
    private final Map<String, KemoException.Category> failures = new ConcurrentHashMap<>();

    /** Guarded by this, as what follows. */
    private final Map<Device, DeviceSessions> sessions = new LinkedHashMap<>();

    private boolean closed;

    /**
     * A pool without sessions.
     *
     * @param configuration devices, threads and bounds
     * @param sums remembers the sums of model files
     * @throws KemoException category DEVICE, where something else has begun ONNX Runtime in this process
     */
    public OnnxSessionPool(SessionsConfiguration configuration, FileSums sums) {
        this.configuration = configuration;
        this.inspection = new ModelInspection(sums);
        int threads =
                configuration.threads() == 0 ? Runtime.getRuntime().availableProcessors() : configuration.threads();
        OrtEnvironment environment = OnnxEnvironment.with(threads, configuration.spinning());
        this.opener = new SessionOpener(environment, configuration);
    }

    @Override
    public SessionLease lease(SessionRequest request) {
        ModelFile model = inspection.inspect(request.model());
        List<String> refusals = new ArrayList<>();
        Optional<KemoException> failure = Optional.empty();
        boolean full = false;
        for (Iterator<Device> rest = devices(request, model).iterator(); rest.hasNext(); ) {
            Device device = rest.next();
            if (!opener.has(device)) {
                refusals.add("[" + device + "] cannot be had");
                continue;
            }
            try {
                Optional<SessionLease> lease = lease(model, device);
                if (lease.isPresent()) {
                    return lease.get();
                }
                full = true;
                refusals.add("[" + device + "] has no room within [" + configuration.memoryMiB() + " MiB]");
            } catch (KemoException e) {
                if (isClosed()) {
                    throw e;
                }
                if (rest.hasNext() && failures.put(key(device, model), e.category()) == null) {
                    LOG.warn("{} The next one in host.sessions.devices is asked.", e.problem());
                }
                failure = Optional.of(e);
                refusals.add("[" + device + "] failed");
            }
        }
        KemoException refused = refused(model, refusals);
        // Where a device is merely full, room is what helps.
        throw full ? failure.map(refused::causedBy).orElse(refused) : failure.orElse(refused);
    }

    /** In their order, but those that did not take the model before come last; one that had no memory for it may have some now. */
    private List<Device> devices(SessionRequest request, ModelFile model) {
        List<String> names = request.devices().isEmpty() ? configuration.devices() : request.devices();
        return names.stream()
                .map(Device::parse)
                .sorted(Comparator.comparing(
                        device -> failures.get(key(device, model)) == KemoException.Category.PLUGIN))
                .toList();
    }

    private static String key(Device device, ModelFile model) {
        return device + " " + model.sha256();
    }

    /** Those of the configured devices that can be had, in their order. The first that has room for a model, and takes it, runs it. */
    public List<String> devices() {
        return configuration.devices().stream()
                .map(Device::parse)
                .filter(opener::has)
                .map(Device::name)
                .toList();
    }

    private Optional<SessionLease> lease(ModelFile model, Device device) {
        DeviceSessions there = on(device);
        return there.lease(model)
                .map(held -> new Lease(there, held, Duration.ofSeconds(configuration.deadlineSeconds())));
    }

    private synchronized DeviceSessions on(Device device) {
        if (closed) {
            throw closed();
        }
        return sessions.computeIfAbsent(
                device, some -> new DeviceSessions(some, (long) configuration.memoryMiB() << 20, opener));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    static KemoException closed() {
        return KemoException.device("The session pool is [closed].", "Run models before Kemo ends.");
    }

    private static KemoException refused(ModelFile model, List<String> refusals) {
        return KemoException.device(
                "No device takes the model [" + model.path() + "]: " + String.join(", ", refusals) + ".",
                "Close leases, raise host.sessions.memoryMiB, or add a device to host.sessions.devices.");
    }

    /** What was done for each model on each device so far, by path and device. */
    public List<SessionStatistics> statistics() {
        return all().stream()
                .flatMap(device -> device.statistics().stream())
                .sorted(Comparator.comparing(SessionStatistics::model).thenComparing(SessionStatistics::device))
                .toList();
    }

    /**
     * Ends all sessions. What runs may finish, and is waited for: at most as long as its deadline and the operation that it is at. What
     * waits for a permit, and what comes later by a lease that is still out, is refused with category DEVICE. Leases
     * can be closed afterwards all the same.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List<DeviceSessions> all = all();
        // Before the first is waited for.
        all.forEach(DeviceSessions::refuse);
        all.forEach(DeviceSessions::close);
    }

    private synchronized List<DeviceSessions> all() {
        return List.copyOf(sessions.values());
    }
}
