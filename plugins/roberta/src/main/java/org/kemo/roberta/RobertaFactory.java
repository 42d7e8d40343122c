package org.kemo.roberta;

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
 * RoBERTa: English, over byte-level pairs. Positions from 2, no token types but the one that is added to every token, at most 512
 * tokens.
 */
@Extension
@Describe(
        value = "RoBERTa (base): 12 layers, width 768, English.",
        source = "Liu et al. (2019), weights by Facebook AI under the MIT License")
final class RobertaFactory implements EncoderFactory<RobertaOptions> {
    private final TextTransformers transformers;

    @Inject
    RobertaFactory(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.transformers = new TextTransformers(models, files, sessions);
    }

    @Override
    public String name() {
        return "roberta";
    }

    @Override
    public Class<RobertaOptions> options() {
        return RobertaOptions.class;
    }

    @Override
    public Encoder create(RobertaOptions options) {
        return transformers.open(options.textModel());
    }
}
