/** Fusion by a graph over all subsets of the modalities. */
module org.kemo.dynamicgraph {
    requires org.kemo.api;
}
