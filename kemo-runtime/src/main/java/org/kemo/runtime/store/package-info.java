/**
 * Pretrained models on this machine.
 *
 * <p>{@link org.kemo.runtime.store.PretrainedModelStore} turns a {@link org.kemo.runtime.store.ModelReference} into a folder or file
 * that is whole and checked. What is not there yet comes from an {@link org.kemo.runtime.store.Origin}: a model hub, Maven or a web
 * address; it is gathered aside, checked against its pinned sums, turned by a {@link org.kemo.runtime.store.ModelImporter} where it has
 * a layout of its own, and moved into place with a {@link org.kemo.runtime.store.StoredModel record} of its sums, which hold from then
 * on. {@link org.kemo.runtime.store.KnownModels} gives short names and pins.
 */
package org.kemo.runtime.store;
