package org.kemo.api.data;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain DatasetReader data set readers}; the extension point of kind {@code dataset}. */
public interface DatasetReaderFactory<C extends Record> extends ComponentFactory<C, DatasetReader> {}
