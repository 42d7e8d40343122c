/** The LSTM over the utterances of a group. */
module org.kemo.contextbilstm {
    requires org.kemo.api;
}
