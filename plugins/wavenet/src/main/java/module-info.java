/** Dilated gated convolutions. */
module org.kemo.wavenet {
    requires org.kemo.api;
}
