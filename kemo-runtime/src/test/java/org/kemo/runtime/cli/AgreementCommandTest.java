package org.kemo.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgreementCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeAnnotations() throws IOException {
        Files.writeString(
                folder.resolve("wide.csv"),
                """
                clip,ann,ben,sentiment
                1,happy,happy,positive
                2,happy,happy,negative
                3,sad,happy,negative
                4,sad,sad,negative
                """);
        Files.writeString(
                folder.resolve("long.csv"),
                """
                clip;who;stars
                1;ann;5
                1;ben;4
                2;ann;1
                2;ben;-
                3;ann;2
                3;ben;1
                """);
    }

    @Test
    void comparesTheColumnsOfRatersWithEachOtherAndWithAReference() {
        assertThat(
                        run(
                                "wide.csv --item clip --raters ann,ben --reference sentiment --map happy=positive,sad=negative --json"))
                .isZero();

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("items").asInt()).isEqualTo(4);
        assertThat(json.path("raters")).map(JsonNode::asString).containsExactly("ann", "ben");
        assertThat(json.path("level").asString()).isEqualTo("nominal");
        assertThat(json.path("observedAgreement").asDouble()).isEqualTo(0.75);
        assertThat(json.path("cohenKappa").path("mean").asDouble()).isEqualTo(0.5);
        assertThat(json.path("cohenKappa").path("linearMean").isNull()).isTrue();
        assertThat(json.path("cohenKappa").path("pairs").path(0).path("kappa").asDouble())
                .isEqualTo(0.5);
        assertThat(json.path("categories").path(0).path("raters").path("ben").asInt())
                .isEqualTo(3);
        assertThat(json.path("ratings").isNull()).isTrue();
        assertThat(json.path("reference").path("matchingRate").asDouble()).isEqualTo(0.625);
        assertThat(json.path("reference").path("majorityRate").asDouble()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void readsRatingsOneARow() {
        assertThat(run("long.csv --item clip --rater who --label stars --level interval --delimiter ; --missing -"))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "3 items, 2 raters, 5 labels",
                        "ann and ben: 2 items, agreement 0.00 %",
                        "ratings: mean 2.600, deviation 1.817",
                        "Krippendorff's alpha",
                        "(interval)");
    }

    @Test
    void givesARaterOfOneItemNoDeviation() throws IOException {
        Files.writeString(folder.resolve("once.csv"), "clip,who,stars\n1,ann,5\n1,ben,4\n2,ann,1\n");

        assertThat(run("once.csv --item clip --rater who --label stars --level interval"))
                .isZero();

        assertThat(out.toString()).contains("mean 4.000, deviation -, of 1").doesNotContain("NaN");
    }

    @Test
    void takesRatingsInOptionsAsTheFileWritesThem() throws IOException {
        Files.writeString(folder.resolve("stars.csv"), "a,b,polarity\n1.0,2.0,negative\n2.0,2.0,positive\n");

        assertThat(
                        run(
                                "stars.csv --raters a,b --level ordinal --order 1.0,2.0 --reference polarity --map 1.0=negative,2.0=positive --json"))
                .isZero();

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("categories"))
                .map(each -> each.path("label").asString())
                .containsExactly("1", "2");
        assertThat(json.path("reference").path("matchingRate").asDouble()).isEqualTo(0.75);
    }

    @Test
    void showsWhatIsNotDefinedAsNull() throws IOException {
        Files.writeString(folder.resolve("same.csv"), "a,b\nx,x\nx,x\n");

        assertThat(run("same.csv --raters a,b --json")).isZero();

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("observedAgreement").asDouble()).isEqualTo(1);
        assertThat(json.path("fleissKappa").isNull()).isTrue();
        assertThat(json.path("notes")).hasSize(3);
        assertThat(out.toString()).doesNotContain("NaN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wide.csv",
                "wide.csv --raters ann,ben --rater who",
                "long.csv --rater who --label stars",
                "wide.csv --raters ann,ben --map happy=positive",
                "wide.csv --raters ann,ben --reference sentiment --map happy",
                "wide.csv --raters ann,ben --reference sentiment --map happy=positive,happy=negative",
                "wide.csv --raters ann,ben --order sad,happy",
                "wide.csv --raters ann,bne",
                "wide.csv --raters ann,ben --delimiter \"",
                "wide.csv --raters ann,ben --delimiter \n",
                "wide.csv --raters ann,ben --delimiter \r"
            })
    void refusesACallThatSaysTooLittleOrTooMuch(String call) {
        assertThat(run(call)).isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesASingleRater() {
        assertThat(run("wide.csv --raters ann")).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("kemo: There are labels of [1] raters [ann].")
                .contains("name that column as a rater");
    }

    private int run(String call) {
        CommandContext context = new CommandContext(
                () -> {
                    throw new AssertionError("An installation is not needed");
                },
                Map.of(),
                folder,
                new PrintWriter(err));
        List<String> arguments = List.of(("agreement " + call).split(" "));
        return Kemo.run(arguments, new PrintWriter(out), new PrintWriter(err), context);
    }
}
