/**
 * Brings clips to one level.
 *
 * <p>Nothing is exported: the host finds {@code NormalizeFactory} through the index of extensions, and Guice constructs it.
 */
module org.kemo.normalize {
    requires org.kemo.api;
}
