package org.kemo.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;

class PluginArchiveTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    private PluginFolder plugins;

    @BeforeEach
    void makeFolder() {
        plugins = new PluginFolder(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.txt",
                "lib/../../outside.txt",
                "/outside.txt",
                "lib//double.txt",
                "./here.txt",
                "C:/outside.txt",
                "..\\outside.txt",
                "lib/... ",
                "lib/trailing ",
                "lib/bell\u0007"
            })
    void refusesAZipThatCouldLeaveItsFolder(String name) {
        packed(Map.of(name, HELLO));

        assertRefused("that could leave its folder");
    }

    @Test
    void refusesALink() throws IOException {
        ZipArchiveEntry link = new ZipArchiveEntry("lib/link.jar");
        link.setUnixMode(UnixStat.LINK_FLAG | 0777);
        written(List.of(link), "/etc/passwd".getBytes(StandardCharsets.UTF_8));

        assertRefused("holds an entry [lib/link.jar] that is a link or a device");
    }

    @Test
    void refusesTwoEntriesOfOneNameAlsoWhereCaseIsIgnored() throws IOException {
        written(List.of(new ZipArchiveEntry("lib/a.jar"), new ZipArchiveEntry("lib/A.jar")), HELLO);

        assertRefused("holds two entries [lib/A.jar]");
    }

    @Test
    void refusesAFileThatIsAlsoAFolder() throws IOException {
        written(List.of(new ZipArchiveEntry("lib"), new ZipArchiveEntry("lib/a.jar")), HELLO);

        assertRefused("holds [lib] as a file and as a folder");
    }

    @Test
    void refusesABombThatDeclaresItsSize() {
        packed(Map.of("lib/zeros.jar", new byte[8 << 20]));

        assertRefused("holds an entry [lib/zeros.jar] that grows from");
    }

    @Test
    void refusesABombThatDeclaresLessThanItHolds() throws IOException {
        PluginFixture plugin = plugins.plugin("liar").transcriber("liar", "\"\"");
        Map<String, byte[]> content = new LinkedHashMap<>(plugin.content());
        content.put("zeros.bin", new byte[8 << 20]);
        Path zip = PluginFixture.zip(plugins.folder().resolve("bad.zip"), content);
        declare(zip, "zeros.bin", 1000);

        assertRefused("holds something else in [zeros.bin] than the [1000] bytes that it declares");
        try (Stream<Path> left = Files.walk(plugins.scratch().resolve("staging"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("nothing of it stays")
                    .isSubsetOf("sums");
        }
    }

    @Test
    void refusesADescriptorThatUnpacksWithoutEnd() throws IOException {
        Path zip =
                PluginFixture.zip(plugins.folder().resolve("bad.zip"), Map.of("plugin.properties", new byte[8 << 20]));
        declare(zip, "plugin.properties", 1000);

        assertRefused("holds something else in [plugin.properties]");
    }

    @Test
    void refusesContentThatWasAltered() throws IOException {
        PluginFixture plugin = plugins.plugin("altered").transcriber("altered", "\"\"");
        Map<String, byte[]> content = new LinkedHashMap<>(plugin.content());
        Path zip = plugins.folder().resolve("bad.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                put(out, new ZipArchiveEntry(entry.getKey()), entry.getValue());
            }
            ZipArchiveEntry stored = new ZipArchiveEntry("note.txt");
            stored.setMethod(ZipEntry.STORED);
            put(out, stored, HELLO);
        }
        byte[] bytes = Files.readAllBytes(zip);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("hello")] = 'j';
        Files.write(zip, bytes);

        assertRefused("holds something else in [note.txt]");
    }

    @Test
    void refusesMoreEntriesThanAllowed() throws IOException {
        written(
                Stream.iterate(0, i -> i + 1)
                        .limit(11)
                        .map(i -> new ZipArchiveEntry("f" + i))
                        .toList(),
                HELLO);

        assertRefused(new ArchiveLimits(10, 1000, 1000, 10), "holds [11] entries");
    }

    @Test
    void refusesAFileAndAnArchiveLargerThanAllowed() {
        packed(Map.of("a", new byte[600], "b", new byte[600]));

        assertRefused(new ArchiveLimits(10, 500, 5000, 10), "of [600] bytes");
        assertRefused(new ArchiveLimits(10, 1000, 1000, 10), "unpacks to [1200] bytes");
    }

    @Test
    void refusesEntriesThatShareTheirContent() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        Path zip = PluginFixture.zip(plugins.folder().resolve("bad.zip"), Map.of("a", noise));
        byte[] bytes = Files.readAllBytes(zip);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\5\6");
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(bytes, 0, end);
        bytes[directory + 46] = 'b';
        twice.write(bytes, directory, end - directory);
        bytes[end + 8] = 2;
        bytes[end + 10] = 2;
        bytes[end + 12] = (byte) (2 * (end - directory));
        twice.write(bytes, end, bytes.length - end);
        Files.write(zip, twice.toByteArray());

        assertRefused("packed bytes in a file of");
    }

    @Test
    void refusesAFileThatIsCutShortOrNoZip() throws IOException {
        Path whole = plugins.plugin("cut").transcriber("cut", "\"\"").pack(plugins.scratch());
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = plugins.folder().resolve("bad.zip");
        for (int length : new int[] {0, 1, 100, bytes.length / 2, bytes.length - 1}) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertRefused("Plugin archive [bad.zip] is not a zip that can be read");
        }
    }

    @Test
    void refusesAFolder() throws IOException {
        Files.createDirectory(plugins.folder().resolve("bad.zip"));

        assertRefused("Plugin archive [bad.zip] is no file but a folder.");
    }

    @Test
    void refusesAPipeAndDoesNotWaitForIt() throws Exception {
        Path pipe = plugins.folder().resolve("bad.zip");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(CompletableFuture.supplyAsync(() -> plugins.inventory().check()))
                .succeedsWithin(Duration.ofSeconds(60))
                .asInstanceOf(InstanceOfAssertFactories.list(KemoException.class))
                .singleElement()
                .extracting(KemoException::problem)
                .isEqualTo("Plugin archive [bad.zip] is no file but a pipe or a device.");
    }

    @Test
    void survivesAnyByteThatIsWrong() throws IOException {
        Path whole = plugins.plugin("flipped").transcriber("flipped", "\"\"").pack(plugins.scratch());
        byte[] bytes = Files.readAllBytes(whole);
        Path target = plugins.folder().resolve("flipped.zip");
        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            byte[] altered = bytes.clone();
            altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(target, altered);
            PluginInfo plugin = plugins.inventory().list().get(0);

            assertThat(plugin.state() == PluginInfo.State.BROKEN || plugin.id().startsWith("flipped"))
                    .isTrue();
            assertThat(plugin.problems())
                    .allSatisfy(problem -> assertThat(problem.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .allSatisfy(problem -> assertThat(problem.getMessage()).doesNotContain("XDG_CACHE_HOME"));
        }
    }

    private void packed(Map<String, byte[]> content) {
        PluginFixture.zip(plugins.folder().resolve("bad.zip"), content);
    }

    private void written(List<ZipArchiveEntry> entries, byte[] content) throws IOException {
        try (ZipArchiveOutputStream zip =
                new ZipArchiveOutputStream(plugins.folder().resolve("bad.zip"))) {
            for (ZipArchiveEntry entry : entries) {
                put(zip, entry, content);
            }
        }
    }

    private static void put(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] content) throws IOException {
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    /** Writes another unpacked size into the directory of a zip, 24 bytes after the start of an entry of 46 bytes and a name. */
    private static void declare(Path zip, String name, int size) throws IOException {
        byte[] bytes = Files.readAllBytes(zip);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(name) - 46;
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
            file.seek(at + 24);
            file.writeInt(Integer.reverseBytes(size));
        }
    }

    private void assertRefused(String text) {
        assertRefused(ArchiveLimits.DEFAULT, text);
    }

    private void assertRefused(ArchiveLimits limits, String text) {
        assertThatThrownBy(() -> PluginHost.open(plugins.settings(limits), PluginFolder.services()))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(text)
                .hasMessageContaining("bad.zip");
    }
}
