package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples are builds of their own, and must not fall behind this one. */
class ExampleVersionsTest {
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+\\.version)>([^<]+)<");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)<");

    @Test
    void thePluginIsBuiltWithTheVersionsOfThisBuild() throws IOException {
        assertOfThisBuild(
                "examples/fusion-plugin/pom.xml",
                List.of("kemo.version", "assertj.version", "junit.version", "pf4j.version", "maven-compiler-plugin"));
    }

    @Test
    void theBenchmarksMeasureTheVersionsOfThisBuild() throws IOException {
        assertOfThisBuild(
                "examples/benchmarks/pom.xml",
                List.of(
                        "kemo.version",
                        "onnxruntime.version",
                        "jmh.version",
                        "logback.version",
                        "maven-compiler-plugin"));
    }

    /** Properties, dependencies and plugins of Maven, as far as both builds name them. */
    private static void assertOfThisBuild(String example, List<String> atLeast) throws IOException {
        Map<String, String> ours = versions("pom.xml");
        ours.put("kemo.version", System.getProperty("kemo.version"));
        Map<String, String> both = versions(example);
        both.keySet().retainAll(ours.keySet());

        assertThat(both).containsKeys(atLeast.toArray(String[]::new));
        assertThat(ours).containsAllEntriesOf(both);
    }

    private static Map<String, String> versions(String pom) throws IOException {
        String text = Files.readString(Project.root().resolve(pom));
        Map<String, String> properties = new HashMap<>(Map.of("project.version", System.getProperty("kemo.version")));
        PROPERTY.matcher(text).results().forEach(found -> properties.put(found.group(1), found.group(2)));
        Map<String, String> versions = new TreeMap<>(properties);
        Matcher artifacts = ARTIFACT.matcher(text);
        while (artifacts.find()) {
            String version = artifacts.group(2);
            versions.put(
                    artifacts.group(1),
                    version.startsWith("${") ? properties.get(version.substring(2, version.length() - 1)) : version);
        }
        return versions;
    }
}
