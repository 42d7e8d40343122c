package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks are a build of their own, and must not fall behind what they measure. */
class BenchmarksTest {
    @TempDir
    Path classes;

    @Test
    void compileWithThisBuild() throws Exception {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Project.root().resolve("examples/benchmarks/src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        String path = Stream.concat(
                        Project.modules().stream()
                                .map(module -> module.resolve("target/classes").toString()),
                        Stream.of(System.getProperty("java.class.path"), System.getProperty("jdk.module.path", "")))
                .collect(Collectors.joining(File.pathSeparator));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            manager,
                            null,
                            List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", path),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();

            assertThat(compiled).as(said.toString()).isTrue();
        }
        assertThat(sources).isNotEmpty();
    }
}
