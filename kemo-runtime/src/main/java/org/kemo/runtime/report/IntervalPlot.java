package org.kemo.runtime.report;

import static org.kemo.runtime.report.Html.escape;

import java.util.List;
import java.util.Locale;
import org.kemo.runtime.evaluation.PairedComparison;

/** Differences as points on a line, each with its interval: blue ahead, red behind, filled where significant. */
final class IntervalPlot {
    private static final int WIDTH = 520;
    private static final int RIGHT = 90;
    private static final int LINE = 22;
    /** Numbers on the axis are this far apart at the least. */
    private static final int NUMBER = 48;
    /** How many times the median difference the axis reaches: one that is very far off must not press all others together. */
    private static final double REACH = 5;

    private final List<PairedComparison> comparisons;
    private final double lowest;
    private final double highest;
    private final int left;

    private IntervalPlot(List<PairedComparison> comparisons) {
        this.comparisons = comparisons;
        this.left = 24
                + comparisons.stream()
                        .mapToInt(each -> Html.width(each.a()))
                        .max()
                        .orElseThrow();
        double[] sizes = comparisons.stream()
                .mapToDouble(each -> Math.abs(each.difference()))
                .sorted()
                .toArray();
        double limit = Math.max(1e-4, REACH * sizes[sizes.length / 2]);
        this.lowest = comparisons.stream()
                .mapToDouble(each -> Math.max(-limit, Math.min(0, each.ci95().get(0))))
                .min()
                .orElseThrow();
        this.highest = Math.max(
                lowest + 1e-4,
                comparisons.stream()
                        .mapToDouble(
                                each -> Math.min(limit, Math.max(0, each.ci95().get(1))))
                        .max()
                        .orElseThrow());
    }

    /** The picture; empty where there is nothing to show. */
    static String svg(String title, List<PairedComparison> comparisons) {
        return comparisons.isEmpty() ? "" : new IntervalPlot(comparisons).svg(title);
    }

    private String svg(String title) {
        String head = title + ", points, with 95 % intervals; filled where significant";
        StringBuilder svg =
                new StringBuilder("<svg width=\"" + Math.max(left + WIDTH + RIGHT, Html.width(head)) + "\" height=\""
                        + (LINE * comparisons.size() + 46) + "\" role=\"img\" aria-label=\"" + escape(title)
                        + "\"><text x=\"0\" y=\"12\">" + escape(head) + "</text>");
        line(svg, 0, 0, 20, 26 + LINE * comparisons.size(), "#999");
        axis(svg, 36 + LINE * comparisons.size());
        for (int i = 0; i < comparisons.size(); i++) {
            PairedComparison each = comparisons.get(i);
            int y = 34 + LINE * i;
            text(svg, left - 12, y, "end", each.a());
            text(svg, left + WIDTH + 12, y, "start", points(each.difference()));
            if (each.difference() < lowest) {
                text(svg, left, y, "start", "\u2190");
            } else if (each.difference() > highest) {
                text(svg, left + WIDTH, y, "end", "\u2192");
            } else {
                String colour = each.difference() < 0 ? "#b2182b" : "#2166ac";
                line(svg, each.ci95().get(0), each.ci95().get(1), y, y, colour);
                svg.append("<circle cx=\"" + x(each.difference()) + "\" cy=\"" + y + "\" r=\"4\" stroke=\"" + colour
                        + "\" fill=\"" + (each.significant() ? colour : "#fff") + "\"/>");
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /** Where 0 is and how far it reaches to both sides. */
    private void axis(StringBuilder svg, int y) {
        text(svg, x(0), y, "middle", "0");
        for (double end : new double[] {lowest, highest}) {
            if (Math.abs(x(end) - x(0)) >= NUMBER) {
                text(svg, x(end), y, "middle", points(end));
            }
        }
    }

    private static String points(double difference) {
        return String.format(Locale.ROOT, "%+.2f", 100 * difference);
    }

    private void line(StringBuilder svg, double from, double to, int top, int bottom, String colour) {
        svg.append("<line x1=\"" + x(from) + "\" x2=\"" + x(to) + "\" y1=\"" + top + "\" y2=\"" + bottom
                + "\" stroke=\"" + colour + "\" stroke-width=\"2\"/>");
    }

    private static void text(StringBuilder svg, long x, int y, String anchor, String text) {
        svg.append("<text x=\"" + x + "\" y=\"" + (y + 4) + "\" text-anchor=\"" + anchor + "\">" + escape(text)
                + "</text>");
    }

    private long x(double difference) {
        double inside = Math.min(highest, Math.max(lowest, difference));
        return left + Math.round(WIDTH * (inside - lowest) / (highest - lowest));
    }
}
