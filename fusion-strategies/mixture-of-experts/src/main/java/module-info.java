/** Fusion by a sparse gate over unimodal and joint experts. */
module org.kemo.mixtureofexperts {
    requires org.kemo.api;
}
