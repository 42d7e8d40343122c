package org.kemo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.network.LongTensor;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.plugin.PluginFixture;
import org.kemo.runtime.session.OnnxFiles;
import org.kemo.runtime.session.SessionStatistics;
import org.kemo.runtime.store.HubServer;

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
    void isKnownByTheSumOfItsOwnCode() throws Exception {
        String build;
        try (KemoRuntime runtime = runtime()) {
            build = runtime.build();
        }
        FileSums sums = FileSums.inMemory();
        String api = sums.ofAll(placeOf(KemoException.class));

        assertThat(build).isEqualTo(Sha256.of(api + " " + sums.ofAll(placeOf(KemoRuntime.class))));
    }

    @Test
    void saysThatItCannotBeSummedWhereItLiesInAJarWithinAJar() throws Exception {
        String place = "jar:file:/application.jar!/lib/kemo-runtime.jar!/";

        assertThatThrownBy(() -> KemoRuntime.sum(URI.create(place).toURL(), FileSums.inMemory()))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("Kemo was loaded from [" + place + "], which cannot be summed.");
    }

    private static Path placeOf(Class<?> loaded) throws URISyntaxException {
        return Path.of(
                loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void tellsWhatTheSessionsHaveDone() throws Exception {
        Path table = OnnxFiles.write(OnnxFiles.table(), folder.resolve("table.onnx"));
        try (KemoRuntime runtime = runtime();
                SessionLease lease = runtime.sessions().lease(SessionRequest.of(table))) {
            lease.run(Map.of("ids", LongTensor.of(new long[] {1}, 1)));

            assertThat(runtime.sessions().statistics())
                    .extracting(SessionStatistics::runs)
                    .containsExactly(1L);
        }
    }

    @Test
    void fetchesWeightsOfATypeOfModelThatAnEncoderMakesNetworksOf() throws Exception {
        try (HubServer hub = new HubServer()) {
            hub.files.put("config.json", "{\"model_type\": \"mpnet\"}".getBytes(StandardCharsets.UTF_8));
            hub.files.put("onnx/model.onnx", OnnxFiles.table().toByteArray());
            Map<String, String> variables = Map.of("HF_ENDPOINT", hub.address().toString());
            try (KemoRuntime runtime = runtime(variables)) {
                assertThat(runtime.models().resolve("hf:owner/name").resolve("onnx/model.onnx"))
                        .exists();
            }
            WholeFolder.remove(folder.resolve("cache"));
            new PluginFixture(Files.createDirectories(folder.resolve("scratch")), "builder")
                    .type(
                            "Builder",
                            """
                            import java.util.Set;
                            import org.kemo.api.encoder.*;
                            @Extension
                            @Describe("Makes networks.")
                            final class Builder implements EncoderFactory<Builder.Options> {
                                record Options() {}
                                @Override public String name() { return "builder"; }
                                @Override public Class<Options> options() { return Options.class; }
                                @Override public Encoder create(Options options) { throw new IllegalStateException(); }
                                @Override public Set<String> modelTypes() { return Set.of("mpnet"); }
                            }
                            """)
                    .index("example.builder.Builder")
                    .pack(folder.resolve("home/plugins"));

            try (KemoRuntime runtime = runtime(variables)) {
                assertThat(runtime.models().resolve("hf:owner/name").resolve("model.safetensors"))
                        .exists();
            }
        }
    }

    private KemoRuntime runtime() throws IOException {
        return runtime(Map.of());
    }

    private KemoRuntime runtime(Map<String, String> variables) throws IOException {
        KemoHome home = new KemoHome(folder.resolve("home"), folder, folder.resolve("cache"), folder.resolve("user"));
        Files.createDirectories(home.shippedPlugins());
        return new KemoRuntime(home, HostConfiguration.defaults(), variables);
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.DEVICE))
                .hasMessageContaining("[closed]");
    }
}
