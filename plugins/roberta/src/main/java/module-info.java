/** RoBERTa: what makes it different from other transformers. */
module org.kemo.roberta {
    requires org.kemo.transformertext;
}
