/**
 * The values that all of Kemo speaks of: modalities, label spaces and their alignment, and the one exception.
 *
 * <p>A plugin author starts at {@link org.kemo.api.component.ComponentFactory}, the shape that all extension points share.
 */
package org.kemo.api;
