package org.kemo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.HostConfiguration;

class KemoRuntimeTest {
    @TempDir
    private Path folder;

    @Test
    void opensNothingThatNobodyWouldCloseOnceItIsClosed() throws Exception {
        KemoRuntime runtime = runtime();
        assertThat(runtime.plugins().plugins()).isEmpty();

        runtime.close();

        assertClosed(runtime::plugins);
        assertClosed(runtime::sessions);
        runtime.close();
    }

    @Test
    void tellsWhatTheSessionsHaveDone() throws Exception {
        try (KemoRuntime runtime = runtime()) {
            assertThat(runtime.sessions().statistics()).isEmpty();
        }
    }

    private KemoRuntime runtime() throws IOException {
        KemoHome home = new KemoHome(folder.resolve("home"), folder, folder.resolve("cache"), folder.resolve("user"));
        Files.createDirectories(home.shippedPlugins());
        return new KemoRuntime(home, HostConfiguration.defaults(), Map.of());
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.DEVICE))
                .hasMessageContaining("[closed]");
    }
}
