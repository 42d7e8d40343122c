/** The stacked bidirectional LSTM. */
module org.kemo.bilstm {
    requires org.kemo.api;
}
