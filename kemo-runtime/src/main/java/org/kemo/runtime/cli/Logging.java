package org.kemo.runtime.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/**
 * The log of the command line: warnings, on standard error. No other class knows Logback, which a program that embeds Kemo need not
 * have. It is set up here and not in a file, since reading XML would take longer than the rest.
 */
final class Logging {
    private static final String ALL = org.slf4j.Logger.ROOT_LOGGER_NAME;

    private Logging() {}

    /** Sets it up; with {@code debug} everything of Kemo's own is logged. */
    static void start(boolean debug) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        PatternLayoutEncoder pattern = new PatternLayoutEncoder();
        pattern.setContext(context);
        pattern.setPattern("%-5level %logger{0}: %msg%n");
        pattern.start();
        ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
        errors.setContext(context);
        errors.setTarget("System.err");
        errors.setEncoder(pattern);
        errors.start();
        context.getLogger(ALL).setLevel(Level.WARN);
        context.getLogger(ALL).addAppender(errors);
        if (debug) {
            context.getLogger("org.kemo").setLevel(Level.DEBUG);
        }
    }
}
