package org.kemo.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.data.LineFile.Line;

class LineFileTest {
    @TempDir
    private Path folder;

    @Test
    void endsLinesAtBothKindsOfBreakAndKeepsEmptyOnes() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "қала\r\n\nb\rc\n");

        assertThat(LineFile.read(file))
                .containsExactly(
                        new Line(1, Optional.of("қала")),
                        new Line(2, Optional.of("")),
                        new Line(3, Optional.of("b\rc")));
    }

    @Test
    void endsLinesAtCarriageReturnsWhereNothingElseEndsOne() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "\uFEFFқала\r\rb\r");

        assertThat(LineFile.read(file))
                .containsExactly(
                        new Line(1, Optional.of("қала")), new Line(2, Optional.of("")), new Line(3, Optional.of("b")));
    }

    @Test
    void passesOverTheByteOrderMarkAtTheBeginningOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "\uFEFFa\n\uFEFFb");

        assertThat(LineFile.read(file))
                .containsExactly(new Line(1, Optional.of("a")), new Line(2, Optional.of("\uFEFFb")));
    }

    @Test
    void losesOnlyTheLineWhoseBytesAreNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("a"), "a\n\u00e9\nb".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(LineFile.read(file))
                .containsExactly(
                        new Line(1, Optional.of("a")), new Line(2, Optional.empty()), new Line(3, Optional.of("b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "x-UTF-16LE-BOM", "UTF-16BE", "UTF-16LE"})
    void refusesUtf16WithAndWithoutAMark(String charset) throws IOException {
        for (String lines :
                List.of("I am glad;joy\nI am sad;sadness\n", "Мен қуаныштымын\r\nМен мұңдымын\r\n", "I am glad")) {
            Path file = Files.write(folder.resolve("a"), lines.getBytes(Charset.forName(charset)));

            assertThatThrownBy(() -> LineFile.read(file))
                    .isInstanceOf(KemoException.class)
                    .hasMessage("The file [" + file + "] is UTF-16, not UTF-8. Save it as UTF-8.");
        }
    }

    @Test
    void hasNoLinesForAnEmptyFileAndRefusesOneThatIsNotThere() throws IOException {
        assertThat(LineFile.read(Files.createFile(folder.resolve("empty")))).isEmpty();
        assertThatThrownBy(() -> LineFile.read(folder.resolve("absent")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("absent] does not exist");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> LineFile.read(folder))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + folder + "] is a folder, not a file.");
    }
}
