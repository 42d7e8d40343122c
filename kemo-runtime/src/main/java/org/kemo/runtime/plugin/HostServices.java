package org.kemo.runtime.plugin;

import org.kemo.api.service.FeatureCache;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelStore;
import org.kemo.api.service.SessionPool;

/**
 * What the constructor of a plugin's factory may ask for, beside a {@link org.slf4j.Logger} named {@code org.kemo.plugin.ID}. Each is
 * one instance that all plugins share.
 *
 * @param sessions runs ONNX models
 * @param models finds pretrained models
 * @param files reads their weights and writes models down
 * @param features keeps the results of frozen steps
 */
public record HostServices(SessionPool sessions, ModelStore models, ModelFiles files, FeatureCache features) {}
