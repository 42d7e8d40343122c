/** Fusion by an attention among words to which the other modalities add (CM-BERT). */
module org.kemo.cmbert {
    requires org.kemo.api;
}
