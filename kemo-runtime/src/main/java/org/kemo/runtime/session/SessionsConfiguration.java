package org.kemo.runtime.session;

import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * How models are run.
 *
 * @param devices in the order of preference: {@code cpu}, {@code cuda:0}, {@code cuda:1}, ...
 * @param threads that all sessions share on the CPU; 0 for one per core
 * @param spinning whether idle threads wait busily
 * @param permits runs of one session at a time
 * @param queue runs of one session that may wait
 * @param deadlineSeconds the longest time to wait and run, where a caller does not say
 * @param memoryMiB what the sessions of one device may take together, as estimated from the sizes of the models; on a CUDA
 *     device it bounds the memory of each session's runs, too
 */
public record SessionsConfiguration(
        @Option(value = "Devices in the order of preference: cpu, cuda:0, cuda:1, ...", defaultValue = "[cpu]")
                List<String> devices,
        @Option(value = "Threads that all sessions share; 0 for one per core", defaultValue = "0", min = 0, max = 1024)
                int threads,
        @Option(
                        value = "Whether idle threads wait busily: a little faster, but very slow beside other work",
                        defaultValue = "false")
                boolean spinning,
        @Option(value = "Runs of one model at a time", defaultValue = "2", min = 1, max = 1024) int permits,
        @Option(value = "Runs of one model that may wait; more are refused", defaultValue = "64", min = 0) int queue,
        @Option(value = "The longest time to wait and run", defaultValue = "120", unit = "s", min = 1, max = 86400)
                int deadlineSeconds,
        @Option(value = "Memory for the sessions of one device", defaultValue = "8192", unit = "MiB", min = 1)
                int memoryMiB) {
    /** Checks the names of the devices. */
    public SessionsConfiguration {
        devices = List.copyOf(devices);
        if (devices.isEmpty()) {
            throw KemoException.configuration("The devices [] are none.", "Name at least [cpu].");
        }
        devices.forEach(Device::parse);
    }

    /** Runs of one model at a time and those that may wait together; one more is refused. */
    public int admitted() {
        return (int) Math.min(Integer.MAX_VALUE, (long) permits + queue);
    }
}
