package org.kemo.mfcc;

import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureExtractorFactory;
import org.kemo.api.component.Describe;
import org.pf4j.Extension;

@Extension
@Describe(
        value = "Mel-frequency cepstral coefficients with energy, deltas and accelerations: by default HTK's"
                + " MFCC_E_D_A, 39 values for a frame; 13 static ones with [deltas: false, accelerations: false].",
        source = "The HTK Book 3.4, chapter 5: Young et al., 2006; the same as openSMILE's MFCC12_E_D_A")
final class MfccFactory implements FeatureExtractorFactory<MfccOptions> {
    @Override
    public String name() {
        return "mfcc";
    }

    @Override
    public Class<MfccOptions> options() {
        return MfccOptions.class;
    }

    @Override
    public FeatureExtractor create(MfccOptions options) {
        return new MfccExtractor(options);
    }

    @Override
    public int version() {
        return 2;
    }
}
