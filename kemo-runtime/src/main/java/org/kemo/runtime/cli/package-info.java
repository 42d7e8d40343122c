/**
 * The command line: {@link org.kemo.runtime.cli.Kemo} parses it with picocli and runs one {@link
 * org.kemo.runtime.cli.KemoCommand}.
 *
 * <p>A command computes and returns an {@link org.kemo.runtime.cli.Outcome}; only {@code Kemo} writes it to standard output, as text
 * for people or as one JSON document, so that nothing else can get there. Progress and warnings go to standard error. Commands
 * throw {@link org.kemo.api.KemoException}; its category becomes the exit code.
 *
 * <p>A new command is a class here and a line in {@link org.kemo.runtime.cli.Commands}.
 */
package org.kemo.runtime.cli;
