package org.kemo.mbert;

import jakarta.inject.Inject;
import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelStore;
import org.kemo.api.service.SessionPool;
import org.kemo.transformertext.TextTransformers;
import org.pf4j.Extension;

/**
 * Multilingual BERT, cased: 12 layers of width 768, trained on the Wikipedias of 104 languages, Kazakh among them. Positions from 0,
 * two token types of which the first is used, at most 512 tokens.
 */
@Extension
@Describe(
        value = "Multilingual BERT (mBERT): 12 layers, width 768, 104 languages, Kazakh among them; cased.",
        source = "Devlin et al. (2019), weights by Google Research under the Apache License 2.0")
final class MbertFactory implements EncoderFactory<MbertOptions> {
    private final TextTransformers transformers;

    @Inject
    MbertFactory(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.transformers = new TextTransformers(models, files, sessions);
    }

    @Override
    public String name() {
        return "mbert";
    }

    @Override
    public Class<MbertOptions> options() {
        return MbertOptions.class;
    }

    @Override
    public Encoder create(MbertOptions options) {
        return transformers.open(options.textModel());
    }
}
