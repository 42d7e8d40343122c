/**
 * Kemo as one object: {@link org.kemo.runtime.KemoRuntime} holds the plugins, the session pool and the caches of a process and
 * makes each when it is first needed. The command line and a program that embeds Kemo both start here; the project's README has such
 * a program. What is logged goes to SLF4J, and from there to where the program's own provider takes it.
 */
package org.kemo.runtime;
