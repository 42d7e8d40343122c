package org.kemo.prosody;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What can be said of a whole clip in one number each, for strategies that choose by how somebody speaks. */
final class ClipCues {
    static final List<String> NAMES = List.of("loudness", "f0-range", "voiced");

    /** What silence is said to have, in dB: below the step of 16 bits. */
    private static final double QUIETEST = -100;

    private ClipCues() {}

    /**
     * The cues of a clip: {@code loudness}, the mean intensity of its voiced frames, or of all where none is voiced, in dB with full
     * scale at 0, at least -100; {@code f0-range}, from the 5th to the 95th percentile of the pitch of its voiced frames, in
     * semitones, 0 where fewer than two are voiced; {@code voiced}, the share of frames that are voiced.
     */
    static Map<String, Float> of(double[] pitch, double[] intensities) {
        double[] voiced =
                Arrays.stream(pitch).filter(frequency -> frequency > 0).sorted().toArray();
        double sum = 0;
        for (int t = 0; t < pitch.length; t++) {
            sum += voiced.length == 0 || pitch[t] > 0 ? intensities[t] : 0;
        }
        double mean = sum / (voiced.length == 0 ? pitch.length : voiced.length);
        double decibels = Math.max(QUIETEST, 10 * Math.log10(Math.max(mean, Double.MIN_NORMAL)));
        double range = voiced.length < 2
                ? 0
                : 12 * Math.log(percentile(voiced, 0.95) / percentile(voiced, 0.05)) / Math.log(2);
        return Map.of(
                NAMES.get(0), (float) decibels,
                NAMES.get(1), (float) range,
                NAMES.get(2), (float) voiced.length / pitch.length);
    }

    /** Straight between the two values around it. */
    private static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
