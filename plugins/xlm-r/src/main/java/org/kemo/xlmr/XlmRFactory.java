package org.kemo.xlmr;

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
 * XLM-RoBERTa: a RoBERTa over 250,002 pieces of 100 languages, Kazakh among them. Positions from 2, no token types but the one that is
 * added to every token, at most 512 tokens.
 */
@Extension
@Describe(
        value = "XLM-RoBERTa (base): 12 layers, width 768, 100 languages, Kazakh among them.",
        source = "Conneau et al. (2020), weights by Facebook AI under the MIT License")
final class XlmRFactory implements EncoderFactory<XlmROptions> {
    private final TextTransformers transformers;

    @Inject
    XlmRFactory(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.transformers = new TextTransformers(models, files, sessions);
    }

    @Override
    public String name() {
        return "xlm-r";
    }

    @Override
    public Class<XlmROptions> options() {
        return XlmROptions.class;
    }

    @Override
    public Encoder create(XlmROptions options) {
        return transformers.open(options.textModel());
    }
}
