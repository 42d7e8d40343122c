package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;
import org.kemo.api.component.ComponentFactory;
import org.kemo.api.transcriber.Transcriber;
import org.kemo.api.transcriber.TranscriberFactory;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.weights.HostModelFiles;

/** A folder of plugins with its staging area and services that no plugin of the tests needs. */
public final class PluginFolder {
    private static final Waveform SILENCE = new Waveform(new float[0], 16_000);

    private final Path scratch;
    private final Path folder;

    public PluginFolder(Path root) {
        try {
            scratch = Files.createDirectories(root.resolve("scratch"));
            folder = Files.createDirectories(root.resolve("plugins"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    public Path scratch() {
        return scratch;
    }

    public PluginFixture plugin(String id) {
        return new PluginFixture(scratch, id);
    }

    public PluginSettings settings() {
        return settings(ArchiveLimits.DEFAULT);
    }

    public PluginSettings settings(ArchiveLimits limits) {
        return new PluginSettings(List.of(folder), scratch.resolve("staging"), Set.of(), limits);
    }

    public PluginSettings settingsWithout(String... disabled) {
        return new PluginSettings(List.of(folder), scratch.resolve("staging"), Set.of(disabled), ArchiveLimits.DEFAULT);
    }

    public PluginHost open() {
        return PluginHost.open(settings(), services());
    }

    public PluginHost openWithout(String... disabled) {
        return PluginHost.open(settingsWithout(disabled), services());
    }

    public PluginInventory inventory() {
        return new PluginInventory(settings(), services());
    }

    public static HostServices services() {
        return new HostServices(
                request -> {
                    throw KemoException.device("There is no session.", "Ask for none.");
                },
                reference -> Path.of(reference),
                new HostModelFiles(Path.of("cache"), FileSums.inMemory()),
                (key, compute) -> compute.get());
    }

    /** What the transcriber of that name says. */
    public static String say(PluginHost host, String name) {
        return transcriber(host.find(ComponentKind.TRANSCRIBER, name).orElseThrow())
                .transcribe(SILENCE);
    }

    private static Transcriber transcriber(ComponentFactory<?, ?> factory) {
        return create((TranscriberFactory<?>) factory);
    }

    private static <C extends Record> Transcriber create(TranscriberFactory<C> factory) {
        try {
            var constructor = factory.options().getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return factory.create(constructor.newInstance(1));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
