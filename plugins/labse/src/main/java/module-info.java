/** LaBSE: what makes it different from other transformers. */
module org.kemo.labse {
    requires org.kemo.transformertext;
}
