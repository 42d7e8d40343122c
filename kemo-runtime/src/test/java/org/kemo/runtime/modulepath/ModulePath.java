package org.kemo.runtime.modulepath;

import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.kemo.runtime.plugin.PluginFixture;

/** Starts Java as Kemo is started: its modules and what they require on the module path, everything else on the class path. */
final class ModulePath {
    private final Map<String, ModuleReference> modules = new HashMap<>();
    private final Set<Path> onModulePath = new LinkedHashSet<>();
    private final List<Path> elements = PluginFixture.classPath();

    ModulePath() {
        elements.stream()
                .flatMap(element -> modulesOf(element).stream())
                .forEach(module -> modules.putIfAbsent(module.descriptor().name(), module));
        require("org.kemo.runtime");
    }

    private static Set<ModuleReference> modulesOf(Path element) {
        try {
            return ModuleFinder.of(element).findAll();
        } catch (FindException e) {
            // Its file name makes no module name: it stays on the class path.
            return Set.of();
        }
    }

    private void require(String name) {
        ModuleReference module = modules.get(name);
        if (module != null && onModulePath.add(Path.of(module.location().orElseThrow()))) {
            for (ModuleDescriptor.Requires required : module.descriptor().requires()) {
                if (!required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)) {
                    require(required.name());
                }
            }
        }
    }

    /** Runs the probe and gives what it printed as keys and values. */
    Map<String, String> probe(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                joined(elements.stream().filter(onModulePath::contains).toList()),
                "-cp",
                joined(elements.stream()
                        .filter(element -> !onModulePath.contains(element))
                        .toList()),
                "--add-modules",
                "org.kemo.runtime",
                HostProbe.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException("The probe failed: " + output);
        }
        return output.lines()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(
                        Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a + "\n" + b, LinkedHashMap::new));
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
