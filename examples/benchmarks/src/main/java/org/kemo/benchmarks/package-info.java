/** What Kemo adds to ONNX Runtime in time, and what it holds in memory. */
package org.kemo.benchmarks;
