package org.kemo.mbart;

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
 * The encoder of mBART: pre-norm with a last normalisation, scaled word vectors, positions from 2. A token for the language goes with
 * every text, so the language is an option. At most 1024 tokens.
 */
@Extension
@Describe(
        value =
                "mBART-50: the encoder of a sequence-to-sequence model, 12 layers, width 1024, 50 languages, Kazakh among them.",
        source = "Liu et al. (2020), Tang et al. (2020), weights by Facebook AI under the MIT License")
final class MbartFactory implements EncoderFactory<MbartOptions> {
    private final TextTransformers transformers;

    @Inject
    MbartFactory(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.transformers = new TextTransformers(models, files, sessions);
    }

    @Override
    public String name() {
        return "mbart";
    }

    @Override
    public Class<MbartOptions> options() {
        return MbartOptions.class;
    }

    @Override
    public Encoder create(MbartOptions options) {
        return transformers.open(options.textModel());
    }
}
