package org.kemo.prosody;

import java.util.Arrays;

/**
 * The pitch of a clip over time: which frames are voiced, and their pitch after a median filter, which takes single octave
 * errors out.
 */
final class PitchContour {
    private final ProsodyOptions options;

    PitchContour(ProsodyOptions options) {
        this.options = options;
    }

    /**
     * The pitch of each frame.
     *
     * @param periods what was found in each frame
     * @param intensities of each frame
     * @return in Hz, 0 where the frame is unvoiced
     */
    double[] trace(PeriodicityAnalysis.Period[] periods, double[] intensities) {
        double loudest = Arrays.stream(intensities).max().orElse(0);
        double quietest = loudest * Math.pow(10, -options.silenceDecibels() / 10);
        double[] pitch = new double[periods.length];
        for (int t = 0; t < pitch.length; t++) {
            boolean voiced = periods[t].periodicity() > options.voicingThreshold() && intensities[t] > quietest;
            pitch[t] = voiced ? periods[t].frequency() : 0;
        }
        return median(pitch);
    }

    /** The first and the last frame stand for those beyond the ends. */
    private double[] median(double[] values) {
        int reach = options.medianFrames() / 2;
        double[] result = new double[values.length];
        double[] around = new double[options.medianFrames()];
        for (int t = 0; t < values.length; t++) {
            for (int k = -reach; k <= reach; k++) {
                around[k + reach] = values[Math.max(0, Math.min(values.length - 1, t + k))];
            }
            Arrays.sort(around);
            result[t] = around[reach];
        }
        return result;
    }
}
