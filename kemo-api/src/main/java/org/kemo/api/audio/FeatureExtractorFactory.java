package org.kemo.api.audio;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain FeatureExtractor feature extractors}; the extension point of kind {@code feature}. */
public interface FeatureExtractorFactory<C extends Record> extends ComponentFactory<C, FeatureExtractor> {}
