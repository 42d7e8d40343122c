/** Fusion by attention of words to the frames of other modalities, with a prior. */
module org.kemo.crossmodalalignment {
    requires org.kemo.api;
}
