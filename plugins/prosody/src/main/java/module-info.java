/**
 * Fundamental frequency, loudness and voicing of speech.
 *
 * <p>Nothing is exported: the host finds {@code ProsodyFactory} through the index of extensions, and Guice constructs it.
 */
module org.kemo.prosody {
    requires org.kemo.api;
}
