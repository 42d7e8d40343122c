package org.kemo.api.component;

import org.pf4j.ExtensionPoint;

/**
 * What every extension point is: a named factory of components with a configuration record.
 *
 * <p>To write a plugin, implement the sub-interface for the kind of component ({@code FusionStrategyFactory}, {@code
 * FeatureExtractorFactory}, ...), annotate the class with {@link org.pf4j.Extension @Extension} and {@link Describe
 * &#64;Describe}, and keep the class and its constructor package-private or public. The host constructs it once with
 * Guice; the constructor may ask, with {@code @Inject}, for {@link org.kemo.api.service.SessionPool}, {@link
 * org.kemo.api.service.ModelStore}, {@link org.kemo.api.service.ModelFiles}, {@link org.kemo.api.service.FeatureCache} and
 * {@link org.slf4j.Logger}, and for nothing else.
 *
 * <p>A factory is called from several threads at once and keeps no state. What it creates says itself how it may be shared.
 *
 * <p>What a component throws while it is made, prepares data or builds its network is told as a mistake of its author, with the
 * component's name, unless it is a {@link org.kemo.api.KemoException}.
 *
 * @param <C> the configuration record: its components, each with an {@link Option}, which says of what types they may be, or an {@link
 *     OptionGroup}, are the options; its compact constructor checks what {@code Option} cannot say
 * @param <P> what the factory makes
 */
public interface ComponentFactory<C extends Record, P> extends ExtensionPoint {
    /** What a configuration calls it under {@code type}: lower-case letters, digits and hyphens. */
    String name();

    /** The class of the configuration record. */
    Class<C> options();

    /**
     * Makes a component.
     *
     * @param options checked options
     * @return never null
     * @throws org.kemo.api.KemoException category CONFIGURATION, where the options do not fit together
     * @throws IllegalArgumentException likewise
     */
    P create(C options);

    /**
     * The version of what this component computes. It is part of the key of cached results: raise it when the same input
     * and options give another result. A model is opened with that version alone of a component before its network that it was
     * trained with.
     */
    default int version() {
        return 1;
    }
}
