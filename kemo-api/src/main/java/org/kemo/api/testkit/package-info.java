/**
 * The public test kit: abstract test classes that a plugin's own tests extend. It needs JUnit and AssertJ on the test class
 * path and finds backends with {@link java.util.ServiceLoader}.
 */
package org.kemo.api.testkit;
