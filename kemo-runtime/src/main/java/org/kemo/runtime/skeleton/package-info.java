/**
 * A plugin to begin with. There are no templates: {@link org.kemo.runtime.skeleton.PluginSkeleton} copies the worked example that ships, of
 * which tests see to it that it builds, in {@linkplain org.kemo.runtime.skeleton.PluginNames names} of the author's own.
 */
package org.kemo.runtime.skeleton;
