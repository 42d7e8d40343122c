/**
 * The public test kit: abstract test classes that a plugin's own tests extend. Say which thing is tested, and the kit asks of it
 * what its author would otherwise have to think of; a failure says in words which promise is broken and what to look for.
 *
 * <ul>
 *   <li>{@link org.kemo.api.testkit.FusionStrategyContract} for a fusion strategy, and {@link org.kemo.api.testkit.FusionExample}
 *       to compare it with its formula worked out by hand;
 *   <li>{@link org.kemo.api.testkit.EncoderContract} and {@link org.kemo.api.testkit.TextEncoderContract} for an encoder network, and
 *       {@link org.kemo.api.testkit.EncoderExample} to compare it with a formula or another implementation;
 *   <li>{@link org.kemo.api.testkit.NetworkContract} for any other network;
 *   <li>{@link org.kemo.api.testkit.OpsContract} for a backend;
 *   <li>{@link org.kemo.api.testkit.TestData} for data sets that do not lie beside the tests.
 * </ul>
 *
 * <p>It needs JUnit and AssertJ on the test class path, and the backends that it compares: the plugin {@code torch}, which
 * also differentiates, and {@code kemo-runtime}. It finds them with {@link java.util.ServiceLoader}.
 */
package org.kemo.api.testkit;
