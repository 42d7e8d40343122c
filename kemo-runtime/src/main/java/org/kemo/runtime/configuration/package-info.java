/** What a person writes in YAML, as records, and the reader that checks it: all mistakes at once, each with its place. */
package org.kemo.runtime.configuration;
