/**
 * Mel-frequency cepstral coefficients as HTK defines them.
 *
 * <p>Nothing is exported: the host finds {@code MfccFactory} through the index of extensions, and Guice constructs it.
 */
module org.kemo.mfcc {
    requires org.kemo.api;
}
