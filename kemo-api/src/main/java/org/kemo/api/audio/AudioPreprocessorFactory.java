package org.kemo.api.audio;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain AudioPreprocessor audio preprocessors}; the extension point of kind {@code preprocessor}. */
public interface AudioPreprocessorFactory<C extends Record> extends ComponentFactory<C, AudioPreprocessor> {}
