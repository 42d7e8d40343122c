package org.kemo.prosody;

import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * The options.
 *
 * @param sampleRate of the clips, in Hz
 * @param windowMillis length of a frame, over which the loudness is measured
 * @param strideMillis from the beginning of a frame to that of the next
 * @param pitchWindowMillis length of the window, centred on the frame, in which the pitch is looked for
 * @param lowestPitch in Hz; three periods of it should fit into the pitch window
 * @param highestPitch in Hz
 * @param octaveCost how much each octave downwards takes from a candidate's strength: Boersma's OctaveCost
 * @param voicingThreshold the least periodicity of a voiced frame
 * @param silenceDecibels frames this far under the loudest one are unvoiced
 * @param medianFrames length of the median filter over the pitch contour; 1 for none
 * @param scale of the pitch
 * @param referenceFrequency where the scale in semitones has its 0, in Hz
 * @param deltas whether the slopes of the three features are appended
 * @param deltaWindow frames on either side that they look at
 */
record ProsodyOptions(
        @Option(value = "Sample rate of the clips", defaultValue = "16000", unit = "Hz", min = 1) int sampleRate,
        @Option(
                        value = "Length of a frame, over which the loudness is measured",
                        defaultValue = "25",
                        unit = "ms",
                        min = 1,
                        max = 1000)
                double windowMillis,
        @Option(
                        value = "From the beginning of a frame to that of the next",
                        defaultValue = "10",
                        unit = "ms",
                        min = 1,
                        max = 1000)
                double strideMillis,
        @Option(
                        value = "Length of the window, centred on the frame, in which the pitch is looked for",
                        defaultValue = "40",
                        unit = "ms",
                        min = 5,
                        max = 1000)
                double pitchWindowMillis,
        @Option(value = "The lowest pitch that is looked for", defaultValue = "70", unit = "Hz", min = 10)
                double lowestPitch,
        @Option(value = "The highest pitch that is looked for", defaultValue = "600", unit = "Hz", min = 20)
                double highestPitch,
        @Option(
                        value = "How much each octave downwards takes from a candidate's strength",
                        defaultValue = "0.02",
                        min = 0,
                        max = 1)
                double octaveCost,
        @Option(value = "The least periodicity of a voiced frame", defaultValue = "0.5", min = 0, max = 1)
                double voicingThreshold,
        @Option(value = "Frames this far under the loudest one are unvoiced", defaultValue = "35", unit = "dB", min = 0)
                double silenceDecibels,
        @Option(
                        value = "Length of the median filter over the pitch contour, an odd number; 1 for none",
                        defaultValue = "5",
                        unit = "frames",
                        min = 1,
                        max = 101)
                int medianFrames,
        @Option(value = "Scale of the pitch; unvoiced frames are 0", defaultValue = "semitones") Scale scale,
        @Option(value = "Where the scale in semitones has its 0", defaultValue = "55", unit = "Hz", min = 1)
                double referenceFrequency,
        @Option(value = "Whether the slopes of the three features are appended", defaultValue = "false") boolean deltas,
        @Option(
                        value = "How far the slopes look on either side",
                        defaultValue = "2",
                        unit = "frames",
                        min = 1,
                        max = 100)
                int deltaWindow) {
    /** Checks what has to fit together. */
    ProsodyOptions {
        if (lowestPitch >= highestPitch || highestPitch > sampleRate / 4.0) {
            throw KemoException.configuration(
                    "prosody cannot look for a pitch from [" + lowestPitch + "] to [" + highestPitch
                            + "] Hz at a sample rate of [" + sampleRate + "] Hz.",
                    "Set lowestPitch below highestPitch, and that at or below a quarter of the sample rate.");
        }
        if (pitchWindowMillis * lowestPitch / 1000 < 2) {
            throw KemoException.configuration(
                    "prosody's pitchWindowMillis [" + pitchWindowMillis
                            + "] holds less than two periods of lowestPitch [" + lowestPitch + "].",
                    "Lengthen the one or raise the other.");
        }
        if (medianFrames % 2 == 0) {
            throw KemoException.configuration(
                    "prosody's medianFrames [" + medianFrames + "] is even.", "Give an odd number of frames.");
        }
    }

    /** How a pitch of f Hz is written; an unvoiced frame is 0 on every scale. */
    enum Scale {
        /** 12 log2(f / reference). */
        SEMITONES,
        /** f. */
        HZ,
        /** The natural logarithm of f. */
        LOG
    }
}
