/** Fusion by a logarithmic opinion pool. */
module org.example.logarithmicpool {
    requires org.kemo.api;
}
