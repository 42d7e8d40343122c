/** How fast Kemo is beside a bare loop, beside Python and in fewer bits, and what it holds in memory. */
package org.kemo.benchmarks;
