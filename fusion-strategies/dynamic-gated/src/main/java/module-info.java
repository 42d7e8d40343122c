/** Fusion by weights that a gate finds for each utterance. */
module org.kemo.dynamicgated {
    requires org.kemo.api;
}
