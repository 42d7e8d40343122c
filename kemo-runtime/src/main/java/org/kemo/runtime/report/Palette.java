package org.kemo.runtime.report;

import java.awt.Color;
import java.util.List;

/** The colours of pictures and of emotions. */
final class Palette {
    /** From dark to light, even to the eye and readable without colour vision: stops of matplotlib's viridis. */
    private static final int[][] STOPS = {
        {68, 1, 84}, {72, 40, 120}, {62, 74, 137}, {49, 104, 142}, {38, 130, 142},
        {31, 158, 137}, {53, 183, 121}, {110, 206, 88}, {181, 222, 43}, {253, 231, 37}
    };

    /** For classes, in the order of the label space: Okabe and Ito (2008), readable without colour vision. */
    private static final List<String> CLASSES =
            List.of("#999999", "#d55e00", "#e69f00", "#0072b2", "#cc79a7", "#009e73", "#56b4e9", "#b3a100", "#000000");

    private Palette() {}

    /** The colour of a share 0..1; shares beyond are cut. */
    static int colour(double share) {
        double place = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
        int below = Math.min((int) place, STOPS.length - 2);
        double rest = place - below;
        int[] colour = new int[3];
        for (int i = 0; i < 3; i++) {
            colour[i] = (int) Math.round(STOPS[below][i] + rest * (STOPS[below + 1][i] - STOPS[below][i]));
        }
        return colour[0] << 16 | colour[1] << 8 | colour[2];
    }

    /** The stops, for charts that draw their own gradient. */
    static Color[] gradient() {
        Color[] colours = new Color[STOPS.length];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = new Color(STOPS[i][0], STOPS[i][1], STOPS[i][2]);
        }
        return colours;
    }

    /** The colour of a class. */
    static String ofClass(int index) {
        return CLASSES.get(index % CLASSES.size());
    }
}
