/** The plugin host: finds, checks, loads and unloads plugins and knows the components that they bring. */
package org.kemo.runtime.plugin;
