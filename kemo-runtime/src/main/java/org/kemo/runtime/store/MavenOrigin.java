package org.kemo.runtime.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.runtime.store.download.Room;

/**
 * Artifacts of Maven repositories, found by the Maven of this machine: whatever lets it build Kemo lets it fetch a model, be it a mirror
 * or a proxy in either settings file, credentials, {@code MAVEN_OPTS} or an extension, and the local repository is the one that is in use. A
 * resolver inside of Kemo would know some of that only.
 */
final class MavenOrigin implements Origin<ModelReference.Maven> {
    /** The version that builds Kemo's distribution: a machine that did that has it. */
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

    /** A connection that gives nothing for so long is given up; Maven's own limit is half an hour. */
    private static final String STALL_MILLISECONDS = "60000";

    private static final Pattern PROGRESS = Pattern.compile("(?<done>[\\d.]+)/(?<all>[\\d.]+) (?<unit>[kMG]?B)");
    private static final Pattern CAUSE = Pattern.compile("(Could not (find|transfer) artifact .*"
            + "|\\S+ was not found in .*|Cannot access .*|Failure to (find|transfer) .*|Non-resolvable .*)");

    private final String maven;

    /**
     * An origin.
     *
     * @param maven the command, a name on the {@code PATH} or a path
     */
    MavenOrigin(String maven) {
        this.maven = maven;
    }

    @Override
    public Fetched fetch(ModelReference.Maven reference, Request request) {
        fileName(reference).ifPresent(name -> request.pins().checkNames(List.of(name)));
        Path work = request.folder().resolve(".maven");
        try {
            Files.createDirectories(work);
            Path found = work.resolve("path");
            Files.deleteIfExists(found);
            Files.writeString(work.resolve("pom.xml"), project(reference));
            run(reference, work, found, request);
            Path file = Path.of(Files.readString(found).strip());
            if (!Files.isRegularFile(file)) {
                throw KemoException.plugin(
                        "Maven says that [" + reference.text() + "] lies at [" + file + "], where no file is.",
                        "Remove it from Maven's local repository and ask again.");
            }
            String name = file.getFileName().toString();
            request.pins().checkNames(List.of(name));
            request.pins().check(name, file, Optional.empty());
            return new Fetched(file, "", true);
        } catch (IOException e) {
            throw Room.unwritable(work, e);
        }
    }

    /** The file's name where it can be told beforehand: Maven makes versions of others, and extensions of types. */
    private static Optional<String> fileName(ModelReference.Maven reference) {
        return reference.extension().equals("jar") && !reference.version().matches(".*SNAPSHOT|LATEST|RELEASE")
                ? Optional.of(reference.artifact() + "-" + reference.version()
                        + (reference.classifier().isEmpty() ? "" : "-" + reference.classifier()) + ".jar")
                : Optional.empty();
    }

    /** A project that needs this one artifact and nothing that it depends on. */
    private static String project(ModelReference.Maven reference) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.kemo</groupId>
                  <artifactId>model</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                      <classifier>%s</classifier>
                      <type>%s</type>
                      <exclusions>
                        <exclusion>
                          <groupId>*</groupId>
                          <artifactId>*</artifactId>
                        </exclusion>
                      </exclusions>
                    </dependency>
                  </dependencies>
                </project>
                """
                .formatted(
                        reference.group(),
                        reference.artifact(),
                        reference.version(),
                        reference.classifier(),
                        reference.extension());
    }

    private void run(ModelReference.Maven reference, Path work, Path found, Request request) throws IOException {
        request.progress().begins("Fetching " + reference.text(), 0);
        Process process = start(
                reference,
                work,
                List.of(
                        maven,
                        "--file",
                        work.resolve("pom.xml").toString(),
                        // Not --batch-mode: in that, Maven is silent while it fetches.
                        "-Dstyle.color=never",
                        "-Daether.connector.requestTimeout=" + STALL_MILLISECONDS,
                        "-Dmaven.wagon.rto=" + STALL_MILLISECONDS,
                        "-Dmdep.outputFile=" + found,
                        GOAL));
        try {
            process.getOutputStream().close();
            List<String> said = listen(process, request.progress());
            if (process.waitFor() != 0) {
                throw failed(reference, said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KemoException.plugin("Fetching [" + reference.text() + "] was interrupted.", "Ask for it again.")
                    .causedBy(e);
        } finally {
            process.destroy();
        }
    }

    private Process start(ModelReference.Maven reference, Path work, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw KemoException.plugin(
                            "Maven is needed to fetch [" + reference.text() + "], and [" + maven
                                    + "] cannot be started: " + e.getMessage() + ".",
                            "Install it, or put mvn on the PATH.")
                    .causedBy(e);
        }
    }

    /** What Maven says, but for its progress. */
    private static List<String> listen(Process process, FetchProgress progress) throws IOException {
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher sizes = PROGRESS.matcher(line);
                if (line.startsWith("Progress") && sizes.find()) {
                    progress.reached(bytes(sizes));
                } else if (!line.isBlank()) {
                    said.add(line);
                }
            }
        }
        return said;
    }

    private static long bytes(Matcher sizes) {
        long unit =
                switch (sizes.group("unit")) {
                    case "kB" -> 1_000L;
                    case "MB" -> 1_000_000L;
                    case "GB" -> 1_000_000_000L;
                    default -> 1L;
                };
        return Math.round(Double.parseDouble(sizes.group("done")) * unit);
    }

    private static KemoException failed(ModelReference.Maven reference, List<String> said) {
        List<String> errors =
                said.stream().filter(line -> line.startsWith("[ERROR]")).toList();
        String why = errors.stream()
                .map(CAUSE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .or(() -> errors.stream().findFirst().map(line -> line.substring("[ERROR]".length())
                        .strip()))
                .or(() -> said.stream().reduce((first, second) -> second))
                .orElse("it says nothing")
                .replaceFirst("\\s*-> \\[Help.*", "");
        return KemoException.plugin(
                "Maven cannot fetch [" + reference.text() + "]: [" + why + "].",
                "Check the reference, the network and Maven's settings.");
    }
}
