/** Fusion by weights that are the same for every utterance. */
module org.kemo.staticfusion {
    requires org.kemo.api;
}
