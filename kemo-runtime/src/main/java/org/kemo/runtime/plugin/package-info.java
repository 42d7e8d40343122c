/**
 * The plugin host: finds, checks, loads and unloads plugins and knows the components that they bring.
 *
 * <p>From archive to component:
 *
 * <ol>
 *   <li>{@link org.kemo.runtime.plugin.PluginHost#open} makes a {@code PluginSurvey} of the {@linkplain
 *       org.kemo.runtime.plugin.PluginSettings folders}. Each archive is opened once as a {@code PluginArchive}; {@code EntryCheck}
 *       decides from its directory whether it may be unpacked, {@code DescriptorReader} reads what it says of itself, and {@code
 *       PluginLock} whether it may load.
 *   <li>The {@code StagingArea} keeps it unpacked under its SHA-256 sum. A second start finds it there by {@code RememberedSums},
 *       without reading the archive.
 *   <li>{@code DependencyCheck} orders the plugins by what they depend on.
 *   <li>{@code ComponentIndex} remembers which components a plugin brings. Where it does not know, the plugin is loaded.
 *   <li>{@link org.kemo.runtime.plugin.PluginHost#find} loads a plugin: PF4J, as {@code LayeredPluginManager}, asks {@code
 *       LayerPluginLoader} for a class loader, which is that of a {@code PluginLayer} or a {@code ClassPathPluginLoader};
 *       {@code FactoryConstruction} constructs the factories with Guice.
 * </ol>
 *
 * <p>Whatever is wrong is a {@link org.kemo.api.KemoException} of category PLUGIN with the plugin's id and the remedy. The host does
 * not start with a plugin that is broken; {@link org.kemo.runtime.plugin.PluginInventory}, behind {@code kemo plugins}, lists all
 * that is wrong, and switches plugins on and off.
 *
 * <p>Plugins are trusted code. The layers keep libraries apart and mistakes local; they do not hold off an attacker, which is what
 * {@code plugins.lock} is for. A library without a module-info in a plugin that is a module reads all modules of the host, as the
 * Java platform rules for automatic modules.
 */
package org.kemo.runtime.plugin;
