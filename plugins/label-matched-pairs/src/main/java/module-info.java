/**
 * Pairs clips with sentences of the same label where no recording has both.
 *
 * <p>Nothing is exported: the host reaches the factory through PF4J's extension index.
 */
module org.kemo.labelmatchedpairs {
    requires org.kemo.api;
}
