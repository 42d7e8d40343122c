package org.kemo.api.encoder;

import java.util.Set;
import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain Encoder encoders}; the extension point of kind {@code encoder}. */
public interface EncoderFactory<C extends Record> extends ComponentFactory<C, Encoder> {
    /**
     * The types of pretrained models that its encoders make networks of from safetensors, by {@code model_type} of {@code
     * config.json}. A model that a hub has as safetensors and as ONNX is fetched as safetensors where an encoder of any plugin makes
     * networks of its type, or it has none; else as ONNX, which runs as it stands.
     */
    default Set<String> modelTypes() {
        return Set.of();
    }
}
