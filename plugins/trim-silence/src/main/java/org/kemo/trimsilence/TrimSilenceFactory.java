package org.kemo.trimsilence;

import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.AudioPreprocessorFactory;
import org.kemo.api.component.Describe;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Takes off both ends of a clip what is quieter than a threshold under its loudest frame; a silent clip stays"
                        + " as it is.",
        source = "librosa.effects.trim, version 0.11")
final class TrimSilenceFactory implements AudioPreprocessorFactory<TrimSilenceOptions> {
    @Override
    public String name() {
        return "trim-silence";
    }

    @Override
    public Class<TrimSilenceOptions> options() {
        return TrimSilenceOptions.class;
    }

    @Override
    public AudioPreprocessor create(TrimSilenceOptions options) {
        return new TrimSilence(options);
    }
}
