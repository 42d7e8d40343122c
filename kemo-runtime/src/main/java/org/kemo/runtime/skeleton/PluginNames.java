package org.kemo.runtime.skeleton;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.kemo.api.KemoException;

/**
 * What a plugin is called where.
 *
 * @param id of the plugin and of its component: lower-case words with hyphens between them
 * @param packageName of its classes, which is also the name of its module
 * @param className of the component, {@code StaticFusion}; its factory, options and test begin with it
 */
public record PluginNames(String id, String packageName, String className) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /**
     * The names that follow from an id.
     *
     * @param kind what the class name ends with, {@code Fusion}; once, where the id ends with it, too
     * @param packageName where it is not to be {@code org.example} and the id without hyphens
     * @throws KemoException category CONFIGURATION, where Kemo or Java does not take a name
     */
    public static PluginNames of(String id, String kind, Optional<String> packageName) {
        if (!ID.matcher(id).matches()) {
            throw KemoException.configuration(
                    "The name of the plugin is [" + id + "].",
                    "Give lower-case words of letters and digits with hyphens between them: [loudest-wins].");
        }
        String inPackage = packageName.orElse("org.example." + id.replace("-", ""));
        if (!SourceVersion.isName(inPackage, SourceVersion.RELEASE_17)) {
            throw KemoException.configuration(
                    "The package [" + inPackage + "] is none that Java takes.",
                    "Give another with --package: [org.example.fusion].");
        }
        String words = Arrays.stream(id.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return new PluginNames(id, inPackage, id.endsWith("-" + kind.toLowerCase(Locale.ROOT)) ? words : words + kind);
    }

    /** A text about a plugin of these names, as a text about one of other names. */
    String renamed(String text, PluginNames other) {
        return text.replace(packageName, other.packageName)
                .replace(path(), other.path())
                .replace(className, other.className)
                .replace(id, other.id);
    }

    private String path() {
        return packageName.replace('.', '/');
    }
}
