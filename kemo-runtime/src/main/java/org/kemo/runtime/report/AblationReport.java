package org.kemo.runtime.report;

import static org.kemo.runtime.report.Html.escape;
import static org.kemo.runtime.report.Html.number;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kemo.runtime.ablation.AblationConfiguration.PublishedFigure;
import org.kemo.runtime.ablation.AblationTable;
import org.kemo.runtime.ablation.AblationTable.Row;
import org.kemo.runtime.ablation.Cell;
import org.kemo.runtime.evaluation.ClassMetrics;
import org.kemo.runtime.evaluation.Confusion;
import org.kemo.runtime.evaluation.PairedComparison;
import org.kemo.runtime.evaluation.Summary;
import org.kemo.runtime.files.WholeFile;

/** The table of an ablation as one HTML page that needs no other file: it sorts, and shows what each row was made of. */
public final class AblationReport {
    private static final int BINS = 20;
    /** How much of what a variant left out is named. */
    private static final int PROBLEMS = 20;
    /** From this share on black is read on the colour of the palette better than white. */
    private static final double LIGHT = 0.44;

    private final AblationTable table;

    /** The page of a table. */
    public AblationReport(AblationTable table) {
        this.table = table;
    }

    /** Writes the page, aside first. */
    public void write(Path file) {
        WholeFile.write(file, page().getBytes(StandardCharsets.UTF_8));
    }

    private String page() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(table.title())
                + "</title><style>" + STYLE + "</style></head><body><h1>" + escape(table.title()) + "</h1>\n"
                + summary() + rows() + comparisons() + paper() + details() + failures() + "<script>" + SCRIPT
                + "</script></body></html>\n";
    }

    private String summary() {
        int trials =
                table.rows().stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        StringBuilder text = new StringBuilder(
                "<p>" + (table.failures().isEmpty() ? "" : "Up to ") + trials
                        + (trials == 1 ? " trial" : " trials") + " of each variant. " + frozen()
                        + "Significance is that of the corrected resampled t-test (Nadeau and Bengio, 2003) at 5 % after Holm's correction over"
                        + " the table of a metric; where two variants differ by the same in all trials, it is that of the exact test that flips"
                        + " signs. p, of the paired t-test, p of Wilcoxon's and the intervals take trials for independent.</p>\n");
        table.notes()
                .forEach(note ->
                        text.append("<p class=\"note\">").append(escape(note)).append("</p>\n"));
        return text.toString();
    }

    private String frozen() {
        if (table.frozen().asked() == 0) {
            return "";
        }
        return "Frozen steps: " + table.frozen().results() + " different results, of which "
                + table.frozen().computed() + " were computed in this run in "
                + number(table.frozen().seconds(), 1) + " s, asked for "
                + table.frozen().asked() + " times. ";
    }

    private String rows() {
        StringBuilder html = new StringBuilder(
                "<h2>Variants</h2>\n<div class=\"wide\"><table class=\"sorts\"><thead><tr><th>variant</th>");
        List<String> metrics = table.rows().isEmpty()
                ? List.of()
                : List.copyOf(table.rows().get(0).figures().keySet());
        metrics.forEach(
                metric -> html.append("<th>").append(escape(words(metric))).append("</th>"));
        html.append(
                "<th>fusion gain, points</th><th>fusion gain, %</th><th>trainable</th><th>parameters</th><th>RTF</th><th>trials</th></tr></thead><tbody>\n");
        for (Row row : table.rows()) {
            html.append("<tr")
                    .append(row.role().floor() ? " class=\"floor\"" : "")
                    .append("><td>")
                    .append(escape(row.name()));
            if (row.role().bestSingle()) {
                html.append(" <small>best single modality</small>");
            }
            html.append("</td>");
            for (String metric : metrics) {
                html.append(cell(metric, row.figures().get(metric)));
            }
            html.append(sortable(row.fusionGainPoints(), signed(row.fusionGainPoints())))
                    .append(sortable(row.fusionGain(), signed(100 * row.fusionGain())))
                    .append(sortable(
                            (double) row.parameters().trainable(),
                            grouped(row.parameters().trainable())))
                    .append(sortable(
                            (double) row.parameters().total(),
                            grouped(row.parameters().total())))
                    .append(sortable(row.stages().isEmpty() ? Double.NaN : row.rtf(), number(row.rtf(), 4)))
                    .append(sortable(
                            row.cells().size(), Integer.toString(row.cells().size())))
                    .append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
        table.machine()
                .ifPresent(machine -> html.append("<p>RTF: seconds of computing over seconds of sound, warm, on ")
                        .append(escape(machine))
                        .append(".</p>\n"));
        return html.toString();
    }

    private static String cell(String metric, Summary summary) {
        double scale = metric.equals("logLoss") ? 1 : 100;
        int digits = metric.equals("logLoss") ? 3 : 1;
        return sortable(
                summary.mean(),
                number(scale * summary.mean(), digits) + "<small>" + deviation(scale * summary.std(), digits)
                        + "</small>");
    }

    private String comparisons() {
        if (table.comparisons().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Differences</h2>\n" + intervals()
                + "<div class=\"wide\"><table class=\"sorts\"><thead><tr><th>variant</th>"
                + "<th class=\"text\">against</th><th class=\"text\">metric</th><th>difference, points</th><th>95 % interval</th><th>relative, %</th>"
                + "<th>t</th><th>df</th><th>p</th><th>p, Wilcoxon</th><th>p, resampled t</th><th>p, Holm</th><th>d</th>"
                + "<th class=\"text\">in words</th></tr></thead><tbody>\n");
        for (PairedComparison each : table.comparisons()) {
            html.append("<tr><td>" + escape(each.a()) + "</td><td class=\"text\">" + escape(each.b())
                    + "</td><td class=\"text\">" + escape(words(each.metric())) + "</td>");
            html.append(sortable(each.difference(), signed(100 * each.difference())));
            html.append(sortable(
                    each.ci95().get(0),
                    signed(100 * each.ci95().get(0)) + " to "
                            + signed(100 * each.ci95().get(1))));
            html.append(sortable(each.relativeImprovement(), signed(100 * each.relativeImprovement())));
            html.append(sortable(each.t(), number(each.t(), 2)));
            html.append(sortable(each.df(), number(each.df(), 0)));
            for (double p : new double[] {each.p(), each.wilcoxonP(), each.resampledP(), each.holmP()}) {
                html.append(sortable(p, probability(p)));
            }
            html.append(sortable(each.effectSize(), number(each.effectSize(), 2)));
            html.append("<td class=\"text\">" + escape(each.words()) + "</td></tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private String intervals() {
        List<String> references = table.rows().stream()
                .filter(row -> row.role().reference())
                .map(Row::name)
                .toList();
        List<String> asked = table.rows().stream()
                .filter(row -> !row.role().floor())
                .map(Row::name)
                .toList();
        return IntervalPlot.svg(
                "accuracy against " + String.join(", ", references),
                table.comparisons().stream()
                        .filter(each -> each.metric().equals("accuracy")
                                && each.n() > 1
                                && references.contains(each.b())
                                && asked.contains(each.a()))
                        .toList());
    }

    private String paper() {
        if (table.paper().isEmpty()) {
            return "";
        }
        StringBuilder html =
                new StringBuilder("<h2>Beside " + escape(table.paper().get().source()) + "</h2>\n<p>"
                        + escape(table.paper().get().differences())
                        + "</p>\n<table><thead><tr><th>there</th><th>accuracy there, %</th><th>F1 there, %</th><th>here</th>"
                        + "<th>accuracy here, %</th><th>macro F1 here, %</th></tr></thead><tbody>\n");
        for (PublishedFigure figure : table.paper().get().figures()) {
            Optional<Row> ours = table.rows().stream()
                    .filter(row -> row.name().equals(figure.variant()))
                    .findFirst();
            String none = table.withoutFigures(figure.variant());
            html.append("<tr><td>" + escape(figure.name()) + "</td><td>"
                    + figure.accuracy().map(value -> number(value, 2)).orElse("") + "</td><td>"
                    + figure.f1().map(value -> number(value, 2)).orElse("") + "</td><td>" + escape(figure.variant())
                    + "</td><td>"
                    + ours.map(row -> percentOf(row.figures().get("accuracy"))).orElse(none) + "</td><td>"
                    + ours.map(row -> percentOf(row.figures().get("macroF1"))).orElse(none) + "</td></tr>\n");
        }
        return html.append("</tbody></table>\n").toString();
    }

    private String details() {
        StringBuilder html = new StringBuilder("<h2>Each variant</h2>\n");
        for (Row row : table.rows()) {
            html.append("<details><summary>" + escape(row.name()) + "</summary><div class=\"side\">"
                    + confusion(row.confusion()) + classes(row.confusion()) + stages(row) + histograms(row) + "</div>"
                    + provenance(row)
                    + "</details>\n");
        }
        return html.toString();
    }

    private static String confusion(Confusion confusion) {
        StringBuilder html = new StringBuilder(
                "<table class=\"confusion\"><caption>confusion matrix: true class, down; recognised as, across</caption><thead><tr><td></td>");
        confusion.labels().forEach(label -> html.append("<th scope=\"col\">")
                .append(escape(label))
                .append("</th>"));
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < confusion.labels().size(); row++) {
            int support = Math.max(1, confusion.support(row));
            html.append("<tr><th scope=\"row\">")
                    .append(escape(confusion.labels().get(row)))
                    .append("</th>");
            for (int count : confusion.counts().get(row)) {
                double share = (double) count / support;
                html.append(String.format(
                        Locale.ROOT,
                        "<td style=\"background:#%06x;color:%s\">%d</td>",
                        Palette.colour(share),
                        share > LIGHT ? "#000" : "#fff",
                        count));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    /** Over all trials together: a mean over trials would count those without the class as 0. */
    private static String classes(Confusion confusion) {
        StringBuilder html = new StringBuilder(
                "<table><caption>classes, in all trials together</caption><thead><tr><th>class</th><th>precision</th><th>recall</th><th>F1</th></tr></thead><tbody>");
        for (int label = 0; label < confusion.labels().size(); label++) {
            ClassMetrics figures = ClassMetrics.of(confusion, label);
            html.append("<tr><td>" + escape(figures.label()) + "</td><td>" + number(100 * figures.precision(), 1)
                    + "</td><td>" + number(100 * figures.recall(), 1) + "</td><td>" + number(100 * figures.f1(), 1)
                    + "</td></tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String stages(Row row) {
        if (row.stages().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<table><thead><tr><th>stage</th><th>RTF</th></tr></thead><tbody>");
        row.stages()
                .forEach((stage, factor) ->
                        html.append("<tr><td>" + escape(stage) + "</td><td>" + number(factor, 5) + "</td></tr>"));
        return html.append("</tbody></table>").toString();
    }

    /** How much each modality counted, over all utterances of all trials; for two that is lambda. */
    private static String histograms(Row row) {
        Map<String, int[]> bins = new TreeMap<>();
        for (Cell cell : row.cells()) {
            for (Cell.Answer answer : cell.answers()) {
                answer.weights().forEach((modality, weight) -> bins.computeIfAbsent(modality, any -> new int[BINS])[
                        (int) Math.min(BINS - 1, Math.max(0, weight * BINS))]++);
            }
        }
        if (bins.size() < 2) {
            return "";
        }
        StringBuilder html = new StringBuilder();
        bins.forEach((modality, counts) -> html.append(histogram("weight of " + modality, counts)));
        return html.toString();
    }

    private static String histogram(String title, int[] counts) {
        int highest = 1;
        for (int count : counts) {
            highest = Math.max(highest, count);
        }
        StringBuilder svg = new StringBuilder("<svg width=\"230\" height=\"150\" role=\"img\" aria-label=\""
                + escape(title) + "\"><text x=\"10\" y=\"12\">" + escape(title) + "</text>");
        for (int i = 0; i < counts.length; i++) {
            int height = (int) Math.round(100.0 * counts[i] / highest);
            svg.append("<rect x=\"" + (10 + 10 * i) + "\" y=\"" + (125 - height) + "\" width=\"9\" height=\"" + height
                    + "\" fill=\"#31688e\"><title>" + counts[i] + "</title></rect>");
        }
        return svg.append(text(10, 142, "start", "0"))
                .append(text(210, 142, "end", "1"))
                .append("</svg>")
                .toString();
    }

    private static String provenance(Row row) {
        Cell first = row.cells().get(0);
        StringBuilder html =
                new StringBuilder("<p>Kemo " + escape(first.provenance().kemo()) + ", seeds "
                        + row.cells().stream().map(Cell::seed).distinct().toList() + ", folds "
                        + row.cells().stream().map(Cell::fold).distinct().toList() + ", scored on "
                        + escape(first.dataset()) + ".</p><ul>");
        first.provenance()
                .data()
                .forEach((stage, data) -> html.append("<li>stage " + escape(stage) + ": " + escape(data.name()) + ", "
                        + data.training() + " to train on, " + data.validation() + " to choose on, sum "
                        + escape(data.sha256()) + "</li>"));
        first.provenance()
                .plugins()
                .forEach((id, sum) -> html.append("<li>plugin " + escape(id) + " " + escape(sum) + "</li>"));
        List<String> problems = row.problems();
        problems.stream()
                .limit(PROBLEMS)
                .forEach(problem -> html.append("<li class=\"note\">" + escape(problem) + "</li>"));
        if (problems.size() > PROBLEMS) {
            html.append(
                    "<li class=\"note\">and " + (problems.size() - PROBLEMS) + " more, which trials.jsonl names</li>");
        }
        return html.append("</ul><pre>" + escape(first.configuration()) + "</pre>")
                .toString();
    }

    private String failures() {
        if (table.failures().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Without a result</h2><ul>");
        table.failures()
                .forEach(each -> html.append("<li>" + escape(each.variant()) + ", seed " + each.seed() + ", fold "
                        + each.fold() + ": " + escape(each.message()) + "</li>"));
        return html.append("</ul>").toString();
    }

    private static String percentOf(Summary summary) {
        return number(100 * summary.mean(), 2) + deviation(100 * summary.std(), 2);
    }

    private static String deviation(double std, int digits) {
        return Double.isFinite(std) ? " &plusmn; " + number(std, digits) : "";
    }

    private static String sortable(double value, String shown) {
        return "<td data-value=\"" + (Double.isFinite(value) ? value : -1e9) + "\">"
                + (Double.isFinite(value) ? shown : "") + "</td>";
    }

    private static String signed(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%+.2f", value) : "";
    }

    private static String probability(double p) {
        return p < 1e-4 ? String.format(Locale.ROOT, "%.0e", p) : number(p, 4);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + escape(text) + "</text>";
    }

    /** {@code macroF1} as {@code macro F1}. */
    private static String words(String metric) {
        return metric.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace("Accuracy", "accuracy")
                .replace("Loss", "loss")
                .replace("Error", "error")
                .replace("auc Roc", "AUC-ROC");
    }

    private static final String STYLE =
            """
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1280px;padding:0 1rem;color:#1b1b1b}
            table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-size:13px}
            th,td{padding:.3rem .35rem;border-bottom:1px solid #ddd;text-align:right}td{white-space:nowrap}
            th:first-child,td:first-child,.text{text-align:left}td:first-child,td.text{white-space:normal}td.text:last-child{min-width:11rem}
            .wide{overflow-x:auto}
            .sorts th{background:#f4f4f6}.sorts th:hover{background:#e6e6ea}
            .sorts button{font:inherit;color:inherit;text-align:inherit;background:none;border:0;padding:0;cursor:pointer}
            .sorts [aria-sort=descending] button::after{content:" ↓"}.sorts [aria-sort=ascending] button::after{content:" ↑"}
            caption{text-align:left;padding:.3rem 0}.confusion td{text-align:center;min-width:42px}
            tr.floor{color:#666;font-style:italic}small{color:#6b6b6b}.note{color:#7a4b00}
            details{margin:.4rem 0;border:1px solid #ddd;border-radius:6px;padding:.4rem .8rem}summary{cursor:pointer;font-weight:600}
            .side{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start}svg text{font-size:11px}
            pre{background:#f7f7f8;padding:.8rem;overflow:auto;max-height:24rem;font-size:12px}
            """;

    private static final String SCRIPT =
            """
            document.querySelectorAll('table.sorts').forEach(table=>{const body=table.tBodies[0],heads=[...table.querySelectorAll('th')];
            heads.forEach((head,column)=>{const button=document.createElement('button');button.type='button';
            button.append(...head.childNodes);head.append(button);
            button.onclick=()=>{const down=head.getAttribute('aria-sort')!=='descending';
            heads.forEach(each=>each.removeAttribute('aria-sort'));head.setAttribute('aria-sort',down?'descending':'ascending');
            const value=row=>{const cell=row.cells[column];return cell.dataset.value!==undefined?+cell.dataset.value:cell.textContent};
            [...body.rows].sort((a,b)=>{const x=value(a),y=value(b);return (x<y?-1:x>y?1:0)*(down?-1:1)}).forEach(row=>body.append(row));};});});
            """;
}
