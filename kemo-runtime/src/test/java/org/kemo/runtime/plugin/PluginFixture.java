package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Writes, compiles and packs a small real plugin. Its package is {@code example.} and the id without hyphens. */
public final class PluginFixture {
    private final Path scratch;
    private final String id;
    private final Map<String, String> descriptor = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, Path> libraries = new LinkedHashMap<>();
    private final List<Path> visible = new ArrayList<>();
    private final List<String> index = new ArrayList<>();

    /**
     * @param scratch a folder for what is compiled
     * @param id of the plugin
     */
    public PluginFixture(Path scratch, String id) {
        this.scratch = scratch;
        this.id = id;
        descriptor.put("plugin.id", id);
        descriptor.put("plugin.version", "1.0.0");
        descriptor.put("plugin.requires", ">=0.1.0 & <1.0.0");
    }

    /** The class path of the tests, as jars and folders. */
    public static List<Path> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    public String packageName() {
        return "example." + id.replace("-", "");
    }

    /** Sets a line of plugin.properties; an empty value takes it out. */
    public PluginFixture describe(String key, String value) {
        if (value.isEmpty()) {
            descriptor.remove(key);
        } else {
            descriptor.put(key, value);
        }
        return this;
    }

    /** Adds a class of the plugin's package, or of one under it, {@code hidden.Secret}; the text goes after the import lines. */
    public PluginFixture type(String name, String text) {
        String qualified = packageName() + "." + name;
        sources.put(
                qualified,
                """
                package %s;
                import jakarta.inject.Inject;
                import org.kemo.api.audio.Waveform;
                import org.kemo.api.component.Describe;
                import org.kemo.api.component.Option;
                import org.kemo.api.service.*;
                import org.kemo.api.transcriber.*;
                import org.pf4j.Extension;
                import org.slf4j.Logger;
                %s
                """
                        .formatted(qualified.substring(0, qualified.lastIndexOf('.')), text));
        return this;
    }

    /** Adds a factory, listed in the extension index, of transcribers that say what an expression gives. */
    public PluginFixture transcriber(String component, String expression) {
        return transcriber(component, "", expression);
    }

    /** The same with more members: fields, a constructor {@code Says(...)}. */
    public PluginFixture transcriber(String component, String members, String expression) {
        String name = "Says" + (index.isEmpty() ? "" : index.size());
        index.add(packageName() + "." + name);
        return type(
                name,
                """
                @Extension
                @Describe("Says one thing.")
                final class %s implements TranscriberFactory<%s.Options> {
                    record Options(@Option(value = "How often.", defaultValue = "1") int times) {}
                    %s
                    @Override public String name() { return "%s"; }
                    @Override public Class<Options> options() { return Options.class; }
                    @Override public Transcriber create(Options options) { return waveform -> %s; }
                }
                """
                        .formatted(name, name, members, component, expression));
    }

    /** Lists a class in the extension index. */
    public PluginFixture index(String className) {
        index.add(className);
        return this;
    }

    /** Makes it a module named as its package; the text is what else its module-info says. */
    public PluginFixture module(String directives) {
        sources.put("module-info", "module " + packageName() + " { requires org.kemo.api; " + directives + " }");
        return this;
    }

    /** Packs a jar beside the plugin's own. */
    public PluginFixture library(Path jar) {
        libraries.put(jar.getFileName().toString(), jar);
        visible.add(jar);
        return this;
    }

    /** Compiles against a jar that is not packed. */
    public PluginFixture against(Path jar) {
        visible.add(jar);
        return this;
    }

    /** The plugin's jar, with its classes and its extension index. */
    public Path jar() {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile());
        if (!index.isEmpty()) {
            entries.put("META-INF/extensions.idx", String.join("\n", index).getBytes(StandardCharsets.UTF_8));
        }
        return zip(scratch.resolve(id + ".jar"), entries);
    }

    /** Packs the plugin as a zip into a folder. */
    public Path pack(Path folder) {
        return zip(folder.resolve(id + "-" + descriptor.get("plugin.version") + ".zip"), content());
    }

    /** Packs the plugin as one jar into a folder, with the descriptor in it. */
    public Path packAsJar(Path folder) {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile());
        entries.put("META-INF/extensions.idx", String.join("\n", index).getBytes(StandardCharsets.UTF_8));
        entries.put("plugin.properties", properties());
        return zip(folder.resolve(id + ".jar"), entries);
    }

    /** What the zip holds, to be packed otherwise. */
    public Map<String, byte[]> content() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("plugin.properties", properties());
        try {
            if (!sources.isEmpty()) {
                entries.put("lib/" + id + ".jar", Files.readAllBytes(jar()));
            }
            for (Map.Entry<String, Path> library : libraries.entrySet()) {
                entries.put("lib/" + library.getKey(), Files.readAllBytes(library.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** Writes a zip. */
    public static Path zip(Path file, Map<String, byte[]> entries) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry written = new ZipEntry(entry.getKey());
                written.setTime(0);
                zip.putNextEntry(written);
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private byte[] properties() {
        StringBuilder lines = new StringBuilder();
        descriptor.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, byte[]> compile() {
        try {
            Path classes = Files.createTempDirectory(scratch, id);
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            List<Path> path = new ArrayList<>(classPath());
            path.addAll(visible);
            String joined = String.join(
                    System.getProperty("path.separator"),
                    path.stream().map(Path::toString).toList());
            List<String> options = new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", joined));
            if (sources.containsKey("module-info")) {
                options.addAll(List.of("-p", joined));
            }
            StringWriter messages = new StringWriter();
            boolean compiled = compiler.getTask(
                            messages,
                            null,
                            null,
                            options,
                            null,
                            sources.entrySet().stream()
                                    .map(source -> new Source(source.getKey(), source.getValue()))
                                    .toList())
                    .call();
            if (!compiled) {
                throw new IllegalStateException(messages.toString());
            }
            return read(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> read(Path classes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
