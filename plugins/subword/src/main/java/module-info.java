/** The text encoder that is trained from scratch. */
module org.kemo.subword {
    requires org.kemo.api;
}
