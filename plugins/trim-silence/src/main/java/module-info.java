/**
 * Takes the silence off the ends of clips.
 *
 * <p>Nothing is exported: the host finds {@code TrimSilenceFactory} through the index of extensions, and Guice constructs it.
 */
module org.kemo.trimsilence {
    requires org.kemo.api;
}
