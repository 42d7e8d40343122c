/**
 * Adds features that were computed elsewhere to the utterances of another data set.
 *
 * <p>Nothing is exported: the host reaches the factory through PF4J's extension index.
 */
module org.kemo.precomputed {
    requires org.kemo.api;

    // Files of features.
    requires org.kemo.manifest;
}
