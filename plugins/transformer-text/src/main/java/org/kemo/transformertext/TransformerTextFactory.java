package org.kemo.transformertext;

import jakarta.inject.Inject;
import java.util.Set;
import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelStore;
import org.kemo.api.service.SessionPool;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Any pretrained transformer over text, from its published folder: tokenizer.json with onnx/model.onnx, or with"
                        + " config.json and model.safetensors (model types bert, roberta, camembert, xlm-roberta, mbart).",
        source = "Vaswani et al. (2017); Devlin et al. (2019); files as on the Hugging Face hub")
final class TransformerTextFactory implements EncoderFactory<TransformerTextOptions> {
    private final TextTransformers transformers;

    @Inject
    TransformerTextFactory(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.transformers = new TextTransformers(models, files, sessions);
    }

    @Override
    public String name() {
        return "transformer-text";
    }

    @Override
    public Class<TransformerTextOptions> options() {
        return TransformerTextOptions.class;
    }

    @Override
    public Set<String> modelTypes() {
        return Architecture.modelTypes();
    }

    @Override
    public Encoder create(TransformerTextOptions options) {
        return transformers.open(options.textModel());
    }
}
