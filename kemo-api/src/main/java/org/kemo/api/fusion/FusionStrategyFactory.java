package org.kemo.api.fusion;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain FusionStrategy fusion strategies}; the extension point of kind {@code fusion}. */
public interface FusionStrategyFactory<C extends Record> extends ComponentFactory<C, FusionStrategy> {}
