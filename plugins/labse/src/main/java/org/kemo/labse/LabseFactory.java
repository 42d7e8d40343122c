package org.kemo.labse;

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
 * Language-agnostic BERT sentence embedding: [CLS], then a Dense layer 768 to 768 with tanh, then the length 1. The Dense layer is part
 * of the model: a folder that does not list it is refused. At most 256 tokens.
 */
@Extension
@Describe(
        value =
                "LaBSE: one vector of length 1 and width 768 for a sentence, comparable across 109 languages, Kazakh among them.",
        source = "Feng et al. (2022), weights by Google under the Apache License 2.0, files by sentence-transformers")
final class LabseFactory implements EncoderFactory<LabseOptions> {
    private final TextTransformers transformers;

    @Inject
    LabseFactory(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.transformers = new TextTransformers(models, files, sessions);
    }

    @Override
    public String name() {
        return "labse";
    }

    @Override
    public Class<LabseOptions> options() {
        return LabseOptions.class;
    }

    @Override
    public Encoder create(LabseOptions options) {
        return transformers.open(options.textModel());
    }
}
