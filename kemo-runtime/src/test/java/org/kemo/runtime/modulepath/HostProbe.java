package org.kemo.runtime.modulepath;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;
import org.kemo.api.component.ComponentFactory;
import org.kemo.api.transcriber.Transcriber;
import org.kemo.api.transcriber.TranscriberFactory;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.plugin.ArchiveLimits;
import org.kemo.runtime.plugin.ComponentKind;
import org.kemo.runtime.plugin.HostServices;
import org.kemo.runtime.plugin.PluginHost;
import org.kemo.runtime.plugin.PluginInfo;
import org.kemo.runtime.plugin.PluginInventory;
import org.kemo.runtime.plugin.PluginSettings;
import org.kemo.runtime.weights.HostModelFiles;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that embeds the host on the module path and prints what it sees, a line for each thing asked: {@code say.NAME=what
 * the transcriber says}. Arguments: the plugins folder, the staging area, and {@code check} or names of transcribers.
 */
public final class HostProbe {
    private HostProbe() {}

    public static void main(String[] arguments) throws InterruptedException {
        HostServices services = new HostServices(
                request -> {
                    throw KemoException.device("There is no session.", "Ask for none.");
                },
                Path::of,
                new HostModelFiles(Path.of("cache"), FileSums.inMemory()),
                (key, compute) -> compute.get());
        PluginSettings settings = new PluginSettings(
                List.of(Path.of(arguments[0])), Path.of(arguments[1]), Set.of(), ArchiveLimits.DEFAULT);
        if (arguments[2].equals("check")) {
            for (PluginInfo plugin : new PluginInventory(settings, services).list()) {
                plugin.problems().forEach(problem -> print(plugin.id(), problem.getMessage()));
            }
            return;
        }
        try (PluginHost host = PluginHost.open(settings, services)) {
            for (int i = 2; i < arguments.length; i++) {
                probe(host, arguments[i]);
            }
        }
    }

    private static void probe(PluginHost host, String name) throws InterruptedException {
        WeakReference<ClassLoader> loader = use(host, name);
        host.unload(host.origin(ComponentKind.TRANSCRIBER, name).orElseThrow().id());
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        print("collected." + name, String.valueOf(loader.get() == null));
    }

    private static WeakReference<ClassLoader> use(PluginHost host, String name) {
        ComponentFactory<?, ?> factory =
                host.find(ComponentKind.TRANSCRIBER, name).orElseThrow();
        Module module = factory.getClass().getModule();
        print("module." + name, String.valueOf(module.getName()));
        print("own layer." + name, String.valueOf(module.isNamed() && module.getLayer() != ModuleLayer.boot()));
        print(
                "say." + name,
                transcriber((TranscriberFactory<?>) factory).transcribe(new Waveform(new float[0], 16_000)));
        return new WeakReference<>(factory.getClass().getClassLoader());
    }

    private static <C extends Record> Transcriber transcriber(TranscriberFactory<C> factory) {
        return factory.create(JsonMapper.builder().build().readValue("{\"times\": 1}", factory.options()));
    }

    private static void print(String key, String value) {
        System.out.println(key + "=" + value);
    }
}
