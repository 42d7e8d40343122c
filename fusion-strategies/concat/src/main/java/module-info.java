/** Early fusion: the encodings side by side, through one hidden layer. */
module org.kemo.concat {
    requires org.kemo.api;
}
