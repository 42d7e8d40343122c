package org.kemo.prosody;

import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureExtractorFactory;
import org.kemo.api.component.Describe;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Fundamental frequency, loudness and voicing for each frame, on the frames of mfcc; for the whole clip the"
                        + " cues loudness (dB), f0-range (semitones) and voiced (share of frames).",
        source =
                "Pitch and voicing: Boersma, 1993, eqs. 7 to 9 and 24; loudness: openSMILE's cIntensity, after Zwicker's power"
                        + " law; the set is that of openSMILE's prosodyAcf")
final class ProsodyFactory implements FeatureExtractorFactory<ProsodyOptions> {
    @Override
    public String name() {
        return "prosody";
    }

    @Override
    public Class<ProsodyOptions> options() {
        return ProsodyOptions.class;
    }

    @Override
    public FeatureExtractor create(ProsodyOptions options) {
        return new ProsodyExtractor(options);
    }
}
