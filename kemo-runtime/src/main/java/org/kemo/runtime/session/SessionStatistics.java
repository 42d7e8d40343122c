package org.kemo.runtime.session;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the pool has done for one model on one device, since it began.
 *
 * @param model the file
 * @param sha256 its sum
 * @param device {@code cpu}, {@code cuda:0}
 * @param leases that are out now
 * @param waiting requests that wait for a permit now
 * @param memoryBytes what its session counts for in the device's budget now; 0 where there is none
 * @param requests calls of {@code run} with inputs that fit the model
 * @param runs runs of the session that came to an end, good or bad
 * @param overloads requests that were refused for too long a queue
 * @param cancellations requests that ended by their deadline or by interruption
 * @param failures runs that the model or the device ended with an error
 * @param queueTime the time that requests waited for a permit, together, those too that did not get one
 * @param runTime the time that runs took, together
 */
public record SessionStatistics(
        Path model,
        String sha256,
        String device,
        int leases,
        int waiting,
        long memoryBytes,
        long requests,
        long runs,
        long overloads,
        long cancellations,
        long failures,
        Duration queueTime,
        Duration runTime) {}
