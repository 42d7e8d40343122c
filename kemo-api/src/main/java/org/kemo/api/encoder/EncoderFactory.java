package org.kemo.api.encoder;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain Encoder encoders}; the extension point of kind {@code encoder}. */
public interface EncoderFactory<C extends Record> extends ComponentFactory<C, Encoder> {}
