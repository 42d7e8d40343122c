package org.kemo.api.transcriber;

import org.kemo.api.component.ComponentFactory;

/** Makes {@linkplain Transcriber transcribers}; the extension point of kind {@code transcriber}. */
public interface TranscriberFactory<C extends Record> extends ComponentFactory<C, Transcriber> {}
