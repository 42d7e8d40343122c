/**
 * The session pool: all ONNX models of the process, run on the sessions that everyone shares.
 *
 * <p>{@link org.kemo.runtime.session.OnnxSessionPool} checks a model's file, finds the first configured device that has room for
 * it and gives a lease on the one session of that model and device. {@code DeviceSessions} counts who uses a session and lets idle ones
 * go when memory is short; {@code PooledSession} admits, runs, times and ends runs.
 */
package org.kemo.runtime.session;
