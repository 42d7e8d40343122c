package org.kemo.runtime.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.files.WholeFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The features of one clip as a picture, one chart below the other over the same seconds (the paper's Fig. 3). */
public final class FeaturePlot {
    private static final int WIDTH = 1000;
    private static final int LINES_AT_MOST = 4;

    private FeaturePlot() {}

    /**
     * What one extractor finds.
     *
     * @param extractor its name
     * @param names of the D features
     * @param values [T, D]
     */
    public record Features(String extractor, List<String> names, FloatTensor values) {}

    /**
     * Writes a PNG.
     *
     * @param features a chart for each extractor; up to four features are drawn as lines, more as a heat map
     */
    public static void write(Path file, String title, Waveform waveform, List<Features> features) {
        List<BufferedImage> charts = new ArrayList<>();
        charts.add(BitmapEncoder.getBufferedImage(wave(title, waveform)));
        features.forEach(each -> charts.add(BitmapEncoder.getBufferedImage(
                each.values().size(1) <= LINES_AT_MOST
                        ? lines(each.extractor(), each.values(), each.names(), waveform.seconds())
                        : heat(each.extractor(), each.values(), waveform.seconds()))));
        int height = charts.stream().mapToInt(BufferedImage::getHeight).sum();
        BufferedImage whole = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = whole.createGraphics();
        int y = 0;
        for (BufferedImage chart : charts) {
            graphics.drawImage(chart, 0, y, null);
            y += chart.getHeight();
        }
        graphics.dispose();
        WholeFile.write(file, FeatureImage.png(whole));
    }

    private static Chart<?, ?> wave(String title, Waveform waveform) {
        int columns = Math.min(2000, waveform.samples().length);
        double[] seconds = new double[2 * columns];
        double[] levels = new double[2 * columns];
        for (int c = 0; c < columns; c++) {
            int from = (int) ((long) c * waveform.samples().length / columns);
            int to = (int) ((long) (c + 1) * waveform.samples().length / columns);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, waveform.samples()[i]);
                high = Math.max(high, waveform.samples()[i]);
            }
            seconds[2 * c] = seconds[2 * c + 1] = (double) from / waveform.sampleRate();
            levels[2 * c] = low;
            levels[2 * c + 1] = high;
        }
        XYChart chart = lineChart(title, 200, waveform.seconds());
        chart.addSeries("amplitude", seconds, levels).setMarker(SeriesMarkers.NONE);
        chart.getStyler().setLegendVisible(false);
        return chart;
    }

    private static Chart<?, ?> lines(String extractor, FloatTensor values, List<String> names, double length) {
        XYChart chart = lineChart(extractor, 240, length);
        int frames = values.size(0);
        double[] seconds = seconds(frames, length);
        for (int d = 0; d < values.size(1); d++) {
            int column = d;
            // Each feature in its own range 0..1: Hz, loudness and probabilities have no common scale.
            double[] row = IntStream.range(0, frames)
                    .mapToDouble(t -> values.at(t, column))
                    .toArray();
            double low = java.util.Arrays.stream(row).min().orElse(0);
            double high = java.util.Arrays.stream(row).max().orElse(1);
            double[] scaled = java.util.Arrays.stream(row)
                    .map(value -> high > low ? (value - low) / (high - low) : 0)
                    .toArray();
            String name = String.format(java.util.Locale.ROOT, "%s (%.3g to %.3g)", names.get(d), low, high);
            chart.addSeries(name, seconds, scaled).setMarker(SeriesMarkers.NONE);
        }
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        return chart;
    }

    private static XYChart lineChart(String title, int height, double length) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(title)
                .xAxisTitle("s")
                .build();
        chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(length);
        return chart;
    }

    private static Chart<?, ?> heat(String extractor, FloatTensor values, double length) {
        int frames = values.size(0);
        int width = values.size(1);
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(Math.max(220, 120 + 6 * width))
                .title(extractor + ", " + width + " features, each in units of its deviation")
                .xAxisTitle("s")
                .build();
        chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
        chart.getStyler().setRangeColors(Palette.gradient());
        List<Number[]> cells = new ArrayList<>();
        for (int d = 0; d < width; d++) {
            double[] row = standardised(values, d);
            for (int t = 0; t < frames; t++) {
                cells.add(new Number[] {t, d, Math.max(-3, Math.min(3, row[t]))});
            }
        }
        List<String> seconds = java.util.Arrays.stream(seconds(frames, length))
                .mapToObj(second -> String.format(java.util.Locale.ROOT, "%.2f", second))
                .toList();
        List<Integer> rows = IntStream.rangeClosed(1, width).boxed().toList();
        chart.addSeries(extractor, seconds, rows, cells);
        return chart;
    }

    private static double[] standardised(FloatTensor values, int column) {
        double[] row = IntStream.range(0, values.size(0))
                .mapToDouble(t -> values.at(t, column))
                .toArray();
        double mean = java.util.Arrays.stream(row).average().orElse(0);
        double variance = java.util.Arrays.stream(row)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        double deviation = Math.max(1e-9, Math.sqrt(variance));
        return java.util.Arrays.stream(row)
                .map(value -> (value - mean) / deviation)
                .toArray();
    }

    private static double[] seconds(int frames, double length) {
        return IntStream.range(0, frames).mapToDouble(t -> t * length / frames).toArray();
    }
}
