package org.kemo.runtime.plugin;

import java.util.SortedMap;
import org.kemo.api.component.ComponentFactory;

/**
 * A plugin whose classes are loaded.
 *
 * @param id its id
 * @param factories its factories
 */
record LoadedPlugin(String id, SortedMap<ComponentName, ComponentFactory<?, ?>> factories) {}
