package org.kemo.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.model.Prediction;
import org.kemo.runtime.model.Prediction.ModalityPrediction;

class AnalysisReportTest {
    private static final Map<String, Double> PROBABILITIES = probabilities();

    @TempDir
    private Path folder;

    @Test
    void escapesEverythingThatComesFromOutside() throws IOException {
        String hostile = "<script>alert(\"1\") & 'x'</script>";
        String page = page(new AnalysisReport(hostile, hostile)
                .add(new AnalysisReport.Clip(
                        prediction(hostile, List.of(hostile), Map.of(hostile, List.of(0.5)), 0.5),
                        Optional.of(hostile),
                        Optional.of(sound()),
                        Map.of(hostile, FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 2)))));

        assertThat(page)
                .doesNotContain("<script")
                .contains("<p class=\"words\">&lt;script&gt;alert(&quot;1&quot;) &amp; 'x'&lt;/script&gt;</p>");
    }

    @Test
    void namesTheModalitiesThatAreMissing() throws IOException {
        assertThat(page(report(prediction("clip", List.of("text"), Map.of(), 1))))
                .contains("Missing: text.");
        assertThat(page(report(prediction("clip", List.of(), Map.of(), 1)))).doesNotContain("Missing");
    }

    @Test
    void showsNoNumberThatIsNone() throws IOException {
        Prediction answer = prediction(
                "clip", List.of(), Map.of("lambda", List.of(Double.NaN, Double.POSITIVE_INFINITY)), Double.NaN);
        String page = page(new AnalysisReport("Clips", "")
                .add(new AnalysisReport.Clip(
                        answer,
                        Optional.empty(),
                        Optional.of(new Waveform(new float[0], 16000)),
                        Map.of("silent", FloatTensor.zeros(3, 2)))));

        assertThat(page).doesNotContain("NaN").doesNotContain("Infinity").contains("lambda [unknown, unknown]");
    }

    @Test
    void showsAnswerWordsAndShares() throws IOException {
        assertThat(page(report(prediction("clip 7", List.of(), Map.of(), 0.25))))
                .contains("<h2>clip 7</h2>", "<strong>sad</strong><span>75 % sure</span>", "audio 25 %", "text 25 %");
    }

    /** As the Web Content Accessibility Guidelines want it of small letters: 4.5 or more. */
    @Test
    void writesLettersThatCanBeToldFromWhatIsBehindThem() throws IOException {
        String page = page(report(prediction("clip", List.of(), Map.of(), 0.25)));

        assertThat(page).doesNotContain("color:var(--c)");
        List<MatchResult> behindWhite = Pattern.compile("\\.weights div[^}]*background:#([0-9a-f]{6})")
                .matcher(page)
                .results()
                .toList();
        assertThat(behindWhite).hasSize(2).allSatisfy(each -> assertThat(
                        1.05 / (0.05 + luminance(Integer.parseInt(each.group(1), 16))))
                .isGreaterThan(4.5));
    }

    private static double luminance(int colour) {
        double sum = 0;
        double[] weights = {0.0722, 0.7152, 0.2126};
        for (int i = 0; i < weights.length; i++) {
            double share = ((colour >> (8 * i)) & 0xff) / 255.0;
            sum += weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void writesTheDigitsOfStylesWhateverThoseOfTheLanguage() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            String page = page(new AnalysisReport("Clips", "")
                    .add(new AnalysisReport.Clip(
                            prediction("clip", List.of(), Map.of(), 0.5),
                            Optional.empty(),
                            Optional.of(sound()),
                            Map.of("mel", FloatTensor.zeros(3, 40)))));

            assertThat(page).contains("style=\"height:150px\"", "mel, 40 rows, 3 frames");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void drawsFeaturesAsAPictureThatCanBeRead() throws IOException {
        for (int width : new int[] {1, 4, 5, 26}) {
            Path file = folder.resolve("features" + width + ".png");
            float[] values = new float[40 * width];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i);
            }
            FeaturePlot.write(
                    file,
                    "clip",
                    sound(),
                    List.of(new FeaturePlot.Features("mfcc", names(width), FloatTensor.of(values, 40, width))));
            BufferedImage image = ImageIO.read(file.toFile());

            assertThat(image.getWidth()).isEqualTo(1000);
            assertThat(image.getHeight()).isGreaterThanOrEqualTo(400);
            assertThat(image.getRGB(1, 1) & 0xffffff).isEqualTo(0xffffff);
        }
    }

    @Test
    void drawsOneFrameOfSilence() throws IOException {
        Path file = folder.resolve("silence.png");
        FeaturePlot.write(
                file,
                "clip",
                new Waveform(new float[1], 16000),
                List.of(
                        new FeaturePlot.Features("few", names(2), FloatTensor.zeros(1, 2)),
                        new FeaturePlot.Features("many", names(6), FloatTensor.zeros(1, 6))));

        assertThat(ImageIO.read(file.toFile())).isNotNull();
    }

    @Test
    void drawsWhereNoTemporaryFileCanBeMade() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Path file = folder.resolve("features.png");
        ImageIO.setCacheDirectory(gone.toFile());
        try {
            Files.delete(gone);

            FeaturePlot.write(
                    file, "clip", sound(), List.of(new FeaturePlot.Features("few", names(2), FloatTensor.zeros(3, 2))));
            assertThat(FeatureImage.dataAddress(FloatTensor.zeros(3, 2))).startsWith("data:image/png;base64,iVBOR");
        } finally {
            ImageIO.setCacheDirectory(null);
        }
        assertThat(ImageIO.read(file.toFile())).isNotNull();
    }

    private static List<String> names(int width) {
        return java.util.stream.IntStream.range(0, width)
                .mapToObj(i -> "feature" + i)
                .toList();
    }

    private static Waveform sound() {
        float[] samples = new float[4000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(i * 0.1);
        }
        return new Waveform(samples, 16000);
    }

    private static AnalysisReport report(Prediction answer) {
        return new AnalysisReport("Clips", "")
                .add(new AnalysisReport.Clip(answer, Optional.empty(), Optional.empty(), Map.of()));
    }

    private String page(AnalysisReport report) throws IOException {
        Path file = folder.resolve("report.html");
        report.write(file);
        return Files.readString(file);
    }

    private static Prediction prediction(
            String id, List<String> missing, Map<String, List<Double>> diagnostics, double weight) {
        Map<String, ModalityPrediction> modalities = new LinkedHashMap<>();
        for (String modality : List.of("audio", "text")) {
            modalities.put(modality, new ModalityPrediction("sad", PROBABILITIES, PROBABILITIES, weight));
        }
        return new Prediction(
                id, "sad", PROBABILITIES, modalities, missing, diagnostics, 0.25, Map.of("network", 0.001), 0.004);
    }

    private static Map<String, Double> probabilities() {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put("happy", 0.25);
        probabilities.put("sad", 0.75);
        return probabilities;
    }
}
