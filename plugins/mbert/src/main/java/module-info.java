/** Multilingual BERT: what makes it different from other transformers. */
module org.kemo.mbert {
    requires org.kemo.transformertext;
}
