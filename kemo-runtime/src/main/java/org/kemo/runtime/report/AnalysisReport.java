package org.kemo.runtime.report;

import static org.kemo.runtime.report.Html.escape;
import static org.kemo.runtime.report.Html.number;
import static org.kemo.runtime.report.Html.percent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.model.Prediction;
import org.kemo.runtime.model.Prediction.ModalityPrediction;

/** The answers for some clips as one HTML page that needs nothing else: sound, features, what each modality says, the answer. */
public final class AnalysisReport {
    private final String title;
    private final String introduction;
    private final List<Clip> clips = new ArrayList<>();

    /**
     * One clip of the report.
     *
     * @param prediction the answer
     * @param words what was said, where it is known
     * @param waveform its sound, where there is some
     * @param features [T, D] by extractor
     */
    public record Clip(
            Prediction prediction,
            Optional<String> words,
            Optional<Waveform> waveform,
            Map<String, FloatTensor> features) {
        /** Copies the map, in its order. */
        public Clip {
            features = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(features));
        }
    }

    /** A report with a title and a paragraph under it. */
    public AnalysisReport(String title, String introduction) {
        this.title = title;
        this.introduction = introduction;
    }

    /** Adds a clip. */
    public AnalysisReport add(Clip clip) {
        clips.add(clip);
        return this;
    }

    /** Writes the page. */
    public void write(Path file) {
        WholeFile.write(file, page().getBytes(StandardCharsets.UTF_8));
    }

    private String page() {
        StringBuilder body = new StringBuilder();
        clips.forEach(clip -> body.append(card(clip)));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <header><h1>%s</h1><p>%s</p></header>
                <main>
                %s</main>
                </body>
                </html>
                """
                .formatted(escape(title), STYLE, escape(title), escape(introduction), body);
    }

    private static String card(Clip clip) {
        Prediction answer = clip.prediction();
        List<String> labels = List.copyOf(answer.probabilities().keySet());
        String colour = Palette.ofClass(labels.indexOf(answer.label()));
        StringBuilder card = new StringBuilder();
        card.append("<article>\n<div class=\"top\"><div><h2>%s</h2>".formatted(escape(answer.id())));
        clip.words().ifPresent(words -> card.append("<p class=\"words\">%s</p>".formatted(escape(words))));
        card.append("</div><div class=\"answer\" style=\"--c:%s\"><strong>%s</strong><span>%s sure</span></div></div>\n"
                .formatted(
                        colour,
                        escape(answer.label()),
                        percent(answer.probabilities().get(answer.label()))));
        clip.waveform()
                .ifPresent(waveform -> card.append("<figure>%s<figcaption>waveform, %s s</figcaption></figure>\n"
                        .formatted(WaveformDrawing.svg(waveform), number(waveform.seconds(), 1))));
        clip.features()
                .forEach((name, features) -> card.append(
                        "<figure><img class=\"features\" style=\"height:%spx\" src=\"%s\" alt=\"%s\"><figcaption>%s, %s rows, %s frames</figcaption></figure>\n"
                                .formatted(
                                        Math.min(150, Math.max(36, features.size(1) * 4)),
                                        FeatureImage.dataAddress(features),
                                        escape(name),
                                        escape(name),
                                        features.size(1),
                                        features.size(0))));
        card.append(weights(answer));
        card.append("<div class=\"bars\">");
        answer.modalities()
                .forEach((name, modality) ->
                        card.append(bars(name + " alone", labels, modality.probabilities(), modality.label())));
        if (answer.modalities().size() > 1) {
            card.append(bars("together", labels, answer.probabilities(), answer.label()));
        }
        card.append("</div>\n").append(foot(answer)).append("</article>\n");
        return card.toString();
    }

    private static String weights(Prediction answer) {
        StringBuilder parts = new StringBuilder();
        for (Map.Entry<String, ModalityPrediction> each : answer.modalities().entrySet()) {
            double weight = each.getValue().weight();
            if (answer.modalities().size() > 1 && !Double.isNaN(weight)) {
                parts.append("<div style=\"flex:%s\" title=\"weight of %s\">%s %s</div>"
                        .formatted(
                                number(Math.max(weight, 0.02), 4),
                                escape(each.getKey()),
                                escape(each.getKey()),
                                percent(weight)));
            }
        }
        return parts.isEmpty()
                ? ""
                : "<p class=\"caption\">how much each counted</p><div class=\"weights\">" + parts + "</div>\n";
    }

    private static String bars(String name, List<String> labels, Map<String, Double> probabilities, String winner) {
        StringBuilder bars = new StringBuilder("<section><h3>" + escape(name) + "</h3>");
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            double share = probabilities.get(label);
            bars.append(
                    "<div class=\"bar%s\"><span>%s</span><i><b style=\"width:%s%%;background:%s\"></b></i><em>%s</em></div>"
                            .formatted(
                                    label.equals(winner) ? " winner" : "",
                                    escape(label),
                                    number(100 * share, 1),
                                    Palette.ofClass(i),
                                    percent(share)));
        }
        return bars.append("</section>").toString();
    }

    private static String foot(Prediction answer) {
        StringBuilder foot = new StringBuilder("<p class=\"foot\">");
        if (!answer.missing().isEmpty()) {
            foot.append("Missing: ")
                    .append(escape(String.join(", ", answer.missing())))
                    .append(". ");
        }
        answer.diagnostics().forEach((name, values) -> foot.append(escape(name))
                .append(' ')
                .append(values.stream().limit(8).map(value -> number(value, 3)).toList())
                .append(". "));
        if (answer.audioSeconds() > 0) {
            foot.append("%s s of sound in %s ms, real-time factor %s."
                    .formatted(
                            number(answer.audioSeconds(), 1),
                            number(1000 * answer.rtf() * answer.audioSeconds(), 0),
                            number(answer.rtf(), 4)));
        }
        return foot.append("</p>\n").toString();
    }

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--bg:#f6f5f2;--card:#fff;--ink:#1d1d1f;--soft:#6b6b70;--line:#e3e1dc}
            @media(prefers-color-scheme:dark){:root{--bg:#161618;--card:#212124;--ink:#ececee;--soft:#9a9aa0;--line:#34343a}}
            *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
            header,main{max-width:860px;margin:0 auto;padding:0 20px}header{padding-top:40px}h1{margin:0;font-size:30px}
            header p{color:var(--soft);margin:6px 0 24px}
            article{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:22px;margin:0 0 22px}
            .top{display:flex;justify-content:space-between;gap:20px;align-items:flex-start}
            h2{margin:0;font-size:15px;font-weight:600;color:var(--soft)}.words{margin:2px 0 0;font-size:20px}
            .answer{text-align:center;border:2px solid var(--c);border-radius:12px;padding:6px 18px;min-width:130px}
            .answer strong{display:block;font-size:22px}.answer span{font-size:13px;color:var(--soft)}
            figure{margin:14px 0 0}figcaption,.caption{font-size:12px;color:var(--soft);margin:2px 0 0}
            .wave{width:100%;height:84px;display:block}.wave path{stroke:#0072b2;stroke-width:1;fill:none}
            .features{width:100%;display:block;border-radius:6px;image-rendering:pixelated}
            .caption{margin-top:16px}.weights{display:flex;gap:3px;margin-top:3px}
            .weights div{background:#0072b2;color:#fff;font-size:12px;padding:3px 8px;white-space:nowrap;overflow:hidden}
            .weights div:first-child{border-radius:8px 0 0 8px}.weights div:last-child{border-radius:0 8px 8px 0;background:#007a58}
            .bars{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:22px;margin-top:16px}
            h3{margin:0 0 6px;font-size:14px}.bar{display:grid;grid-template-columns:76px 1fr 44px;gap:8px;align-items:center;font-size:13px;color:var(--soft)}
            .bar i{height:10px;background:var(--line);border-radius:5px;overflow:hidden}.bar b{display:block;height:100%}
            .bar em{font-style:normal;text-align:right}.winner{color:var(--ink);font-weight:600}
            .foot{margin:14px 0 0;font-size:12px;color:var(--soft)}
            """;
}
