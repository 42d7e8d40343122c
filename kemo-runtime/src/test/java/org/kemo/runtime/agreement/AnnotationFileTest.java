package org.kemo.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kemo.runtime.agreement.AgreementTest.assertRefused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotationFileTest {
    private static final AnnotationLayout COLUMNS =
            new AnnotationLayout.RaterColumns(Optional.of("id"), List.of("a", "b"), Optional.of("truth"));
    private static final AnnotationLayout ROWS =
            new AnnotationLayout.LabelRows("id", "rater", "label", Optional.of("truth"));

    @TempDir
    Path folder;

    @Test
    void readsAColumnForEachRater() {
        Annotations annotations =
                read("\uFEFFid,text,b, a ,truth\r\n1,\"so, so\",sad,happy,x\r\n2,,NA,sad,\r\n", COLUMNS);

        assertThat(annotations.raters()).containsExactly("a", "b");
        assertThat(annotations.items())
                .containsExactly(
                        new Annotations.Item("1", List.of(Optional.of("happy"), Optional.of("sad")), Optional.of("x")),
                        new Annotations.Item("2", List.of(Optional.of("sad"), Optional.empty()), Optional.empty()));
    }

    @Test
    void readsARowForEachLabel() {
        Annotations annotations = read(
                """
                label,rater,id,truth
                happy,b,1,x
                sad,a,2,y
                sad,a,1,x
                ,b,2,
                """,
                ROWS);

        assertThat(annotations.raters()).containsExactly("b", "a");
        assertThat(annotations.items())
                .containsExactly(
                        new Annotations.Item("1", List.of(Optional.of("happy"), Optional.of("sad")), Optional.of("x")),
                        new Annotations.Item("2", List.of(Optional.empty(), Optional.of("sad")), Optional.of("y")));
    }

    @Test
    void takesOneAndOnePointNoughtForTheSameRating() {
        Annotations annotations = read("id,a,b,truth\nx,1,1.0,1.00\ny,2.5,+2.50,high\n", COLUMNS);

        assertThat(annotations.given()).containsExactly("1", "1", "2.5", "2.5");
        assertThat(annotations.items())
                .map(Annotations.Item::reference)
                .containsExactly(Optional.of("1"), Optional.of("high"));
    }

    @Test
    void leavesNumbersAmongNamesAsTheyAre() {
        assertThat(read("id,a,b,truth\nx,1.0,1,\ny,happy,1,\n", COLUMNS).given())
                .containsExactly("1.0", "1", "happy", "1");
    }

    @Test
    void numbersItemsWithoutAName() {
        AnnotationLayout layout =
                new AnnotationLayout.RaterColumns(Optional.empty(), List.of("a", "b"), Optional.empty());

        assertThat(read("a,b\nx,y\nx,y\n", layout).items())
                .map(Annotations.Item::name)
                .containsExactly("1", "2");
    }

    @Test
    void refusesAFileThatIsNone() throws IOException {
        assertRefused(
                () -> AnnotationFile.read(folder.resolve("absent.csv"), ',', Set.of(), COLUMNS), "There is no file [");
        assertRefused(() -> read("", COLUMNS), "is empty.");
        assertRefused(() -> read("id,a,a\n", COLUMNS), "names a column twice.");
        assertRefused(() -> read("id,a,b,truth\n", COLUMNS), "None of the [0] items");
        assertRefused(() -> read("id,a,b,truth\n1,x,\"y,\n", COLUMNS), "is not CSV: [");
        assertRefused(() -> read("id,a,b,truth\n1,x,y,z\n2,x\n", COLUMNS), "Line [3] of [");
        Path latin = Files.write(folder.resolve("latin.csv"), "id,a,b\n1,ä,ö\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(() -> AnnotationFile.read(latin, ',', Set.of(), COLUMNS), "are not UTF-8.");
    }

    @Test
    void refusesAColumnThatIsNotThereAndNamesTheNearest() {
        assertRefused(() -> read("idd,a,b,truth\n", COLUMNS), "has no column [id]. Did you mean [idd]?");
        assertRefused(() -> read("id;a;b;truth\n", COLUMNS), "has no column [a].");
        assertRefused(
                () -> read(
                        "a\n",
                        new AnnotationLayout.RaterColumns(Optional.empty(), List.of("a", "a"), Optional.empty())),
                "The raters [a, a] name a column twice.");
    }

    @Test
    void refusesWhatIsSaidTwiceOrNotAtAll() {
        assertRefused(
                () -> read("id,a,b,truth\n1,x,y,\n1,x,y,\n", COLUMNS),
                "The item [1] stands in line [2] and in line [3]");
        assertRefused(() -> read("id,a,b,truth\n ,x,y,\n", COLUMNS), "The column [id] is empty in line [2]");
        assertRefused(
                () -> read("id,rater,label,truth\n1,a,x,\n2,a,x,\n1,a,y,\n", ROWS),
                "The rater [a] labels the item [1] a second time in line [4]");
        assertRefused(() -> read("id,rater,label,truth\n1,,x,\n", ROWS), "The column [rater] is empty in line [2]");
        assertRefused(
                () -> read("id,rater,label,truth\n1,a,x,p\n1,b,x,q\n", ROWS),
                "The reference of the item [1] is [p], and in line [3]");
    }

    private Annotations read(String text, AnnotationLayout layout) {
        try {
            return AnnotationFile.read(
                    Files.writeString(folder.resolve("annotations.csv"), text), ',', Set.of("NA"), layout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
