package org.kemo.runtime.configuration;

/**
 * A part of a configuration that was understood.
 *
 * @param value the Java value
 * @param node what was written, with the defaults filled in and paths absolute
 * @param json the value as canonical JSON: defaults filled in, keys in the order of the record, numbers in one spelling
 */
record Bound<T>(T value, Node node, String json) {}
