package org.kemo.runtime.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PropertiesPluginDescriptorFinder;
import org.pf4j.VersionManager;

/**
 * Reads what a plugin says of itself: {@code plugin.properties} at the root of the archive or, for a jar, the {@code Plugin-*}
 * attributes of its manifest, with the names that PF4J gives them. What PF4J leaves open is required here: an id, a semantic
 * version, and the versions of kemo-api that fit.
 */
final class DescriptorReader {
    static final String PROPERTIES = PropertiesPluginDescriptorFinder.DEFAULT_PROPERTIES_FILE_NAME;

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** Some editors begin a file with it, and for PF4J, which reads the file once more, it is part of the first key. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final PropertiesForm propertiesForm = new PropertiesForm();
    private final ManifestForm manifestForm = new ManifestForm();
    private final VersionManager versions = new DefaultVersionManager();

    /**
     * The descriptor of an archive that is not unpacked yet. Its id is one; what else it says is not {@linkplain #check checked},
     * so that a plugin can be disabled whatever else is wrong with it.
     *
     * @throws KemoException category PLUGIN, where it is missing, or has no id
     */
    PluginDescriptor read(PluginArchive archive, String fileName) throws IOException {
        Optional<byte[]> properties = archive.read(PROPERTIES);
        if (properties.isPresent()) {
            return named(propertiesForm.descriptor(parse(properties.get(), fileName)), fileName);
        }
        if (!archive.isJar()) {
            throw broken(fileName, "there is no [" + PROPERTIES + "] at the root of the archive", "Put one there.");
        }
        Manifest manifest =
                new Manifest(new ByteArrayInputStream(archive.read(MANIFEST).orElse(new byte[0])));
        if (manifest.getMainAttributes().getValue(ManifestPluginDescriptorFinder.PLUGIN_ID) == null) {
            throw KemoException.plugin(
                    "Plugin [" + fileName + "] is a jar without a descriptor: neither [" + PROPERTIES + "] nor ["
                            + ManifestPluginDescriptorFinder.PLUGIN_ID + "] in its manifest.",
                    "A build packs the plugin as a zip beside its jar, NAME-VERSION-plugin.zip: drop that in instead.");
        }
        return named(manifestForm.descriptor(manifest), fileName);
    }

    /** The descriptor of a plugin that was {@linkplain #write written} when it was unpacked. */
    PluginDescriptor read(Path folder) throws IOException {
        return named(
                propertiesForm.descriptor(parse(Files.readAllBytes(folder.resolve(PROPERTIES)), folder.toString())),
                folder.toString());
    }

    /** Writes a descriptor as properties, so that one form is all that stands in unpacked plugins. */
    void write(PluginDescriptor descriptor, Path folder) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(PropertiesPluginDescriptorFinder.PLUGIN_ID, descriptor.getPluginId());
        properties.setProperty(PropertiesPluginDescriptorFinder.PLUGIN_VERSION, descriptor.getVersion());
        properties.setProperty(PropertiesPluginDescriptorFinder.PLUGIN_REQUIRES, descriptor.getRequires());
        properties.setProperty(
                PropertiesPluginDescriptorFinder.PLUGIN_DEPENDENCIES,
                String.join(
                        ",",
                        descriptor.getDependencies().stream()
                                .map(dependency ->
                                        dependency.getPluginId() + "@" + dependency.getPluginVersionSupport())
                                .toList()));
        try (var out = Files.newOutputStream(folder.resolve(PROPERTIES))) {
            properties.store(out, null);
        }
    }

    private static Properties parse(byte[] content, String fileName) throws IOException {
        Properties properties = new Properties();
        try {
            String text = new String(content, StandardCharsets.UTF_8);
            if (text.startsWith(BYTE_ORDER_MARK)) {
                throw broken(
                        fileName,
                        "[" + PROPERTIES + "] begins with a byte order mark",
                        "Save it as UTF-8 without one.");
            }
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw broken(
                    fileName, "[" + PROPERTIES + "] is no properties file: " + e.getMessage(), "Mend its escapes.");
        }
        return properties;
    }

    private static PluginDescriptor named(PluginDescriptor descriptor, String fileName) {
        String id = Optional.ofNullable(descriptor.getPluginId()).orElse("");
        if (!ID.matcher(id).matches()) {
            throw broken(
                    fileName,
                    "[plugin.id] is [" + id + "]",
                    "An id is lower-case letters, digits, dots, hyphens and underscores.");
        }
        return descriptor;
    }

    /**
     * Checks what a descriptor says beside the id.
     *
     * @throws KemoException category PLUGIN, with the first thing that is wrong
     */
    void check(PluginDescriptor descriptor) {
        String id = descriptor.getPluginId();
        String version = Optional.ofNullable(descriptor.getVersion()).orElse("");
        if (!parses(() -> versions.compareVersions(version, version))) {
            throw broken(id, "[plugin.version] is [" + version + "]", "Give it a semantic version such as [1.0.0].");
        }
        String requires = descriptor.getRequires().strip();
        if (requires.isEmpty()
                || requires.equals("*")
                || !parses(() -> versions.checkVersionConstraint("1.0.0", requires))) {
            throw broken(
                    id,
                    "[plugin.requires] is [" + requires + "]",
                    "Name the versions of kemo-api that it works with, such as [>=" + ApiVersion.current()
                            + " & <1.0.0].");
        }
        if (!descriptor.getPluginClass().equals(Plugin.class.getName())) {
            throw broken(
                    id,
                    "[plugin.class] is [" + descriptor.getPluginClass() + "], which Kemo would not start",
                    "Everything that a plugin does begins in a factory: remove the line.");
        }
        descriptor.getDependencies().forEach(dependency -> checkDependency(id, dependency));
    }

    private void checkDependency(String id, PluginDependency dependency) {
        if (dependency.isOptional() || !ID.matcher(dependency.getPluginId()).matches()) {
            throw broken(
                    id,
                    "[plugin.dependencies] names [" + dependency.getPluginId() + (dependency.isOptional() ? "?" : "")
                            + "]",
                    "Name ids of plugins, each with its versions where that matters, such as [a, b@>=1.0.0]; none is"
                            + " optional.");
        }
        if (!parses(() -> versions.checkVersionConstraint("1.0.0", dependency.getPluginVersionSupport()))) {
            throw broken(
                    id,
                    "[plugin.dependencies] wants [" + dependency.getPluginId() + "] in version ["
                            + dependency.getPluginVersionSupport() + "]",
                    "Write a range such as [>=1.0.0].");
        }
    }

    private static boolean parses(Runnable parser) {
        try {
            parser.run();
            return true;
        } catch (RuntimeException e) {
            // The version library has several exceptions for text that it cannot read.
            return false;
        }
    }

    private static KemoException broken(String plugin, String what, String remedy) {
        return KemoException.plugin(
                "Plugin [" + plugin + "] has a broken descriptor: " + what + ".",
                remedy + " Then pack it again, or remove it from the plugins folder.");
    }

    /** Opens up PF4J's reading of properties that are at hand. */
    private static final class PropertiesForm extends PropertiesPluginDescriptorFinder {
        PluginDescriptor descriptor(Properties properties) {
            return createPluginDescriptor(properties);
        }
    }

    /** Opens up PF4J's reading of a manifest that is at hand. */
    private static final class ManifestForm extends ManifestPluginDescriptorFinder {
        PluginDescriptor descriptor(Manifest manifest) {
            return createPluginDescriptor(manifest);
        }
    }
}
