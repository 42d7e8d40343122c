/** XLM-RoBERTa: what makes it different from other transformers. */
module org.kemo.xlmr {
    requires org.kemo.transformertext;
}
