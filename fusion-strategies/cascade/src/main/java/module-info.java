/** Fusion in a cascade: one modality decides, the others refine. */
module org.kemo.cascade {
    requires org.kemo.api;
}
