package org.kemo.api.training;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain TrainingEngine training engines}; the extension point of kind {@code training}. */
public interface TrainingEngineFactory<C extends Record> extends ComponentFactory<C, TrainingEngine> {}
