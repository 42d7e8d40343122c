/**
 * The weights of pretrained models: {@link org.kemo.runtime.weights.SafetensorsFile} reads them, {@link
 * org.kemo.runtime.weights.HostModelFiles} writes networks down with them, for {@link org.kemo.api.service.ModelFiles}.
 */
package org.kemo.runtime.weights;
