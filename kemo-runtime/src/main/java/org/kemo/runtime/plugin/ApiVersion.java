package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of kemo-api that this host was built with; what plugins name in {@code plugin.requires} is compared with it. */
final class ApiVersion {
    private ApiVersion() {}

    /** A semantic version, {@code 0.1.0}. */
    static String current() {
        Properties versions = new Properties();
        try (InputStream file = ApiVersion.class.getResourceAsStream("version.properties")) {
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty("kemo-api");
    }
}
