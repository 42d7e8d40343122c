/** mBART: what makes it different from other transformers. */
module org.kemo.mbart {
    requires org.kemo.transformertext;
}
