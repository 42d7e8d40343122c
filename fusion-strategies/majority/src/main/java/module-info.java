/** The floor of every comparison: what the training data answer without an utterance. */
module org.kemo.majority {
    requires org.kemo.api;
}
