/**
 * Brings clips to one sample rate.
 *
 * <p>Nothing is exported: the host finds {@code ResampleFactory} through the index of extensions, and Guice constructs it.
 */
module org.kemo.resample {
    requires org.kemo.api;
}
