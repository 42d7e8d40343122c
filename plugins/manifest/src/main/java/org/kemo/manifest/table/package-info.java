/**
 * Tables in which a bad line costs no other: CSV with a header and JSON Lines. Plugins that depend on {@code manifest} read their own
 * tables with it.
 */
package org.kemo.manifest.table;
