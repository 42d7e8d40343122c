package org.kemo.runtime.configuration;

import org.kemo.api.component.ComponentFactory;

/**
 * A component as a configuration names it: {@code {type: mfcc, channels: 26}}.
 *
 * @param type the name of the factory
 * @param version of what the component computes, {@link ComponentFactory#version}
 * @param options the options as JSON with the defaults filled in, keys in the order of the record; paths are absolute, values of
 *     environment variables are in their places (so it is for keys and not for people), and a component inside has its version
 *     behind its type, {@code {"type":"mfcc@1",...}}
 * @param value the component, made from these options
 */
public record Component<P>(String type, int version, String options, P value) {
    /** What tells its results from those of every other component, for cache keys. */
    public String fingerprint() {
        return type + "@" + version + options;
    }
}
