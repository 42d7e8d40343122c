package org.kemo.normalize;

import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.AudioPreprocessorFactory;
import org.kemo.api.component.Describe;
import org.pf4j.Extension;

@Extension
@Describe("Multiplies a clip so that its peak or its root mean square has a given level; silence stays silence.")
final class NormalizeFactory implements AudioPreprocessorFactory<NormalizeOptions> {
    @Override
    public String name() {
        return "normalize";
    }

    @Override
    public Class<NormalizeOptions> options() {
        return NormalizeOptions.class;
    }

    @Override
    public AudioPreprocessor create(NormalizeOptions options) {
        return new Normalize(options);
    }
}
