/**
 * Reads tables of features: an utterance a row, a modality a set of columns.
 *
 * <p>Nothing is exported: the host reaches the factory through PF4J's extension index.
 */
module org.kemo.tabular {
    requires org.kemo.api;

    // Tables in which a bad line costs no other.
    requires org.kemo.manifest;
}
