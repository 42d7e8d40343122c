package org.kemo.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.ablation.AblationConfiguration.PublishedFigure;
import org.kemo.runtime.ablation.AblationConfiguration.PublishedTable;
import org.kemo.runtime.ablation.AblationTable;
import org.kemo.runtime.ablation.Cell;
import org.kemo.runtime.ablation.FrozenCounts;
import org.kemo.runtime.evaluation.Confusion;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.evaluation.PairedComparison;
import org.kemo.runtime.evaluation.Summary;
import org.kemo.runtime.model.ModelCard.DataCard;
import org.kemo.runtime.model.ModelCard.ParameterCount;
import org.kemo.runtime.model.ModelCard.Provenance;

class AblationReportTest {
    private static final String HOSTILE = "<script>alert(\"1\") & 'x'</script>";

    /** As narrow as letters of the size 11 are on average. */
    private static final int NARROW = 6;

    @TempDir
    private Path folder;

    @Test
    void escapesEverythingThatComesFromOutside() throws IOException {
        String page = page(HOSTILE, HOSTILE, HOSTILE);

        assertThat(page.replaceFirst("(?s)<script>document.*?</script>", "")).doesNotContain("<script");
        assertThat(page).contains("<title>&lt;script&gt;alert(&quot;1&quot;) &amp; 'x'&lt;/script&gt;</title>");
    }

    @Test
    void drawsNamesToTheirBeginningHoweverLongTheyAre() throws IOException {
        String variant = "fusion.type=cross-modal-alignment modalities.text.encoder=transformer ".repeat(3);
        String page = page("A try", variant, "glad");

        List<MatchResult> ends = Pattern.compile("<text x=\"(\\d+)\" y=\"\\d+\" text-anchor=\"end\">([^<]*)</text>")
                .matcher(page)
                .results()
                .toList();
        assertThat(ends).map(end -> end.group(2)).contains(variant);
        assertThat(ends).allSatisfy(end -> assertThat(Integer.parseInt(end.group(1)))
                .isGreaterThan(NARROW * end.group(2).length()));
    }

    @Test
    void saysWhereZeroIsAndHowFarIntervalsReach() throws IOException {
        assertThat(page("A try", "some", "glad"))
                .contains("text-anchor=\"middle\">0</text>", "text-anchor=\"middle\">+10.00</text>")
                .doesNotContain("text-anchor=\"middle\">+0.00</text>");
    }

    @Test
    void givesTheConfusionAsATableThatCanBeReadOut() throws IOException {
        assertThat(page("A try", "some", "glad"))
                .contains(
                        "<th scope=\"col\">glad</th><th scope=\"col\">sad</th></tr>",
                        "<tr><th scope=\"row\">glad</th><td style=\"background:#fde725;color:#000\">1</td>"
                                + "<td style=\"background:#440154;color:#fff\">0</td></tr>",
                        "<tr><th scope=\"row\">sad</th>");
    }

    /** What a keyboard reaches is a button, and which way a column is sorted is said. */
    @Test
    void sortsByButtonsInTheHeads() throws IOException {
        assertThat(page("A try", "some", "glad"))
                .contains("createElement('button')", "setAttribute('aria-sort'")
                .doesNotContain("head.onclick");
    }

    @Test
    void sortsIntervalsByTheirLowerEnd() throws IOException {
        assertThat(page("A try", "some", "glad"))
                .containsPattern("<td data-value=\"[-.\\dE]+\">[+-][.\\d]+ to [+-][.\\d]+</td>");
    }

    @Test
    void givesTheFiguresOfAClassOverAllTrialsThoughSomeHaveNothingOfIt() throws IOException {
        String page = page(
                "A try",
                row(
                        false,
                        Confusion.of(List.of("glad", "sad"), new int[] {0, 1, 1}, new int[] {0, 1, 1}),
                        cell("some", "glad", new int[] {0, 1}, 1, 0, 0, 1),
                        cell("some", "glad", new int[] {1}, 0, 1)));

        assertThat(page).contains("<tr><td>glad</td><td>100.0</td><td>100.0</td><td>100.0</td></tr>");
    }

    @Test
    void givesASingleTrialNoDeviation() throws IOException {
        assertThat(page("A try", "some", "glad")).contains("<td>50.00</td>").doesNotContain("&plusmn;");
    }

    @Test
    void tellsWhatFailedFromWhatWasNotRun() throws IOException {
        assertThat(page("A try", "some", "glad"))
                .contains(
                        "<p>Up to 1 trial of each variant.",
                        "<td>broken</td><td>failed</td><td>failed</td></tr>",
                        "<td>absent</td><td>not run</td><td>not run</td></tr>");
    }

    @Test
    void saysHowManyMoreWereLeftOutThanItNames() throws IOException {
        List<String> problems =
                IntStream.range(0, 25).mapToObj(i -> "[" + i + "] is silent.").toList();
        Cell cell = cell("some", "glad", problems, new int[] {0, 1}, 1, 0, 0, 1);

        assertThat(page("A try", row(false, cell.metrics().confusion(), cell)))
                .contains("[19] is silent.</li><li class=\"note\">and 5 more, which trials.jsonl names</li>")
                .doesNotContain("[20] is silent.");
    }

    @Test
    void namesTheMachineThatRealTimeFactorsHoldFor() throws IOException {
        assertThat(page("cpu; a processor", "some", "glad"))
                .contains("<p>RTF: seconds of computing over seconds of sound, warm, on cpu; a processor.</p>");
    }

    private String page(String title, String variant, String label) throws IOException {
        return page(title, row(variant, label, false), row("other", label, true));
    }

    private String page(String title, AblationTable.Row... rows) throws IOException {
        String variant = rows[0].name();
        AblationTable table = new AblationTable(
                title,
                List.of(rows),
                List.of(PairedComparison.of(
                        variant, "other", "accuracy", new double[] {0.6, 0.7}, new double[] {0.5, 0.7}, 0.25, 1)),
                List.of(title),
                List.of(
                        new AblationTable.Failure(variant, 1, 0, KemoException.Category.FAULT, title),
                        new AblationTable.Failure("broken", 1, 0, KemoException.Category.FAULT, title)),
                new FrozenCounts(1, 1, 1, 1),
                Optional.of(title),
                Optional.of(new PublishedTable(
                        title,
                        title,
                        Stream.of(variant, "broken", "absent")
                                .map(each -> new PublishedFigure(each, title, Optional.of(77.1), Optional.empty()))
                                .toList())));
        Path file = folder.resolve("report.html");
        new AblationReport(table).write(file);
        return Files.readString(file);
    }

    private static AblationTable.Row row(String variant, String label, boolean reference) {
        Cell cell = cell(variant, label, new int[] {0, 1}, 0.75f, 0.25f, 1, 0);
        return row(reference, cell.metrics().confusion(), cell);
    }

    private static Cell cell(String variant, String label, int[] truth, float... probabilities) {
        return cell(variant, label, List.of(variant), truth, probabilities);
    }

    private static Cell cell(String variant, String label, List<String> problems, int[] truth, float... probabilities) {
        return new Cell(
                variant,
                1,
                0,
                variant,
                8,
                Metrics.of(LabelSpace.of(label, "sad"), truth, FloatTensor.of(probabilities, truth.length, 2)),
                new ParameterCount(0, 0),
                List.of(new Cell.Answer("a", label, label, Map.of(variant, 0.25, "text", 0.75), Map.of())),
                new Provenance(
                        variant,
                        1,
                        Map.of(variant, variant),
                        Map.of(variant, new DataCard(variant, 8, 2, variant, List.of()))),
                variant,
                problems,
                List.of());
    }

    private static AblationTable.Row row(boolean reference, Confusion confusion, Cell... cells) {
        String variant = cells[0].variant();
        return new AblationTable.Row(
                variant,
                Optional.empty(),
                new AblationTable.Role(false, false, reference, reference),
                List.of(cells),
                Map.of("accuracy", Summary.of(List.of(0.5)), "macroF1", Summary.of(List.of(0.5))),
                confusion,
                new ParameterCount(0, 0),
                0,
                0,
                Optional.empty(),
                Map.of(variant, 0.5),
                0.5);
    }
}
