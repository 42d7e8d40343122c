package org.kemo.resample;

import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.AudioPreprocessorFactory;
import org.kemo.api.audio.SampleRateConverter;
import org.kemo.api.component.Describe;
import org.pf4j.Extension;

@Extension
@Describe(
        value = "Brings clips to one sample rate without aliases; a clip that has it stays as it is.",
        source = "Band-limited interpolation: Smith, Digital Audio Resampling, 2002; window: Kaiser, 1974")
final class ResampleFactory implements AudioPreprocessorFactory<ResampleOptions> {
    @Override
    public String name() {
        return "resample";
    }

    @Override
    public Class<ResampleOptions> options() {
        return ResampleOptions.class;
    }

    @Override
    public AudioPreprocessor create(ResampleOptions options) {
        return new SampleRateConverter(options.rate());
    }
}
