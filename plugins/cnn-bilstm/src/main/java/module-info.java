/** Convolutions and a bidirectional LSTM. */
module org.kemo.cnnbilstm {
    requires org.kemo.api;
}
