/** The multi-layer perceptron. */
module org.kemo.mlp {
    requires org.kemo.api;
}
