package org.kemo.transformertext;

import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelStore;
import org.kemo.api.service.SessionPool;

/**
 * Makes encoders of text from the files of pretrained transformers. What a folder holds decides the way: {@code config.json}
 * describes a network, and {@code model.safetensors} holds its weights; where Kemo has no such network, or the weights are not there,
 * {@code onnx/model.onnx} or {@code model.onnx} is run as it stands. {@code tokenizer.json} has to be there; {@code modules.json} and
 * the folders that it names are heeded, as sentence-transformers writes them, and so are its lower case and its default prompt. Safe for
 * use by several threads at once.
 */
public final class TextTransformers {
    private final ModelStore models;
    private final ModelFiles files;
    private final SessionPool sessions;
    private final SharedTokenizers tokenizers;

    /** Encoders on these services of the host. */
    public TextTransformers(ModelStore models, ModelFiles files, SessionPool sessions) {
        this.models = models;
        this.files = files;
        this.sessions = sessions;
        this.tokenizers = new SharedTokenizers(files);
    }

    /** An encoder; its files are looked for when it is first asked for something. */
    public PretrainedEncoder open(TextModel model) {
        return new TransformerText(model, () -> parts(model), sessions);
    }

    /** What an encoder is made of. */
    OpenedModel parts(TextModel model) {
        return OpenedModel.open(model, models, files, tokenizers, sessions);
    }
}
