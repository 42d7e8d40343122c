package org.kemo.runtime.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where models come from.
 *
 * @param <R> the references to it
 */
@FunctionalInterface
interface Origin<R extends ModelReference> {
    /**
     * Fetches a model. Nobody else fetches the same one meanwhile.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where it cannot be had or is not what it is pinned as
     */
    Fetched fetch(R reference, Request request);

    /**
     * What is asked of an origin.
     *
     * @param folder to fetch into; what an earlier attempt left is still there
     * @param revision what the reference meant when it was first fetched, which it still means; empty the first time
     * @param pins what the files must be
     * @param progress of the work
     */
    record Request(Path folder, Optional<String> revision, Pins pins, FetchProgress progress) {}

    /**
     * What an origin has found.
     *
     * @param at the folder that was fetched into, in the layout of a model hub, or a single file
     * @param revision what the reference means today, for example a commit; empty where a reference always means the same
     * @param compared whether it is known to be all that the origin has; the cache of another program may hold a part
     */
    record Fetched(Path at, String revision, boolean compared) {}
}
