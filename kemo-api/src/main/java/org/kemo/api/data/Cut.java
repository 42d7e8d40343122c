package org.kemo.api.data;

import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/** One part of a clip; see {@link Perturbations#cut}. */
record Cut(double from, double share) implements Perturbation {
    private static final double ROUNDING = 1e-9;

    Cut {
        if (!(from >= 0 && from < 1 && share > 0 && from + share <= 1 + ROUNDING)) {
            throw KemoException.configuration(
                    "The part from [" + from + "] of the length [" + share + "] is not within a clip.",
                    "Give shares of the clip, such as 0.25 and 0.5.");
        }
    }

    @Override
    public Waveform apply(Waveform waveform) {
        int length = waveform.samples().length;
        if (length == 0) {
            return waveform;
        }
        int first = Math.min(length - 1, (int) Math.round(from * length));
        int last = Math.min(length, Math.max(first + 1, (int) Math.round((from + share) * length)));
        return waveform.slice(first, last);
    }

    @Override
    public String fingerprint() {
        return "cut(" + from + ", " + share + ")";
    }
}
