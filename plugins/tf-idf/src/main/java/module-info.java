/** The linear floor of text encoders. */
module org.kemo.tfidf {
    requires org.kemo.api;
}
