/**
 * What a person writes in YAML, as records, and the reader that checks it: all mistakes at once, each with its place.
 *
 * <p>A {@link org.kemo.runtime.configuration.ConfigurationDocument} is what is written: a file, those that it extends, and the
 * overrides of the command line, as a tree in which every value knows its line and column. A {@link
 * org.kemo.runtime.configuration.ConfigurationReader} binds the tree to records ({@link
 * org.kemo.runtime.configuration.KemoConfiguration} and what is in it) and to the components that plugins bring; {@link
 * org.kemo.runtime.configuration.HostConfiguration} is read without plugins. The result is a {@link
 * org.kemo.runtime.configuration.ResolvedConfiguration}, which prints itself as YAML that needs no other file.
 *
 * <p>The rules: unknown keys are mistakes; nothing is converted ({@code 1.5} is no whole number, {@code "3"} no number); a default
 * is what {@link org.kemo.api.component.Option#defaultValue} says; enums are written {@code random-over}; a path is relative to
 * the file in which it stands; {@code ${NAME}} and {@code ${NAME:-default}} are environment variables, and what comes from one
 * is never shown.
 */
package org.kemo.runtime.configuration;
