/**
 * The data set reader {@code precomputed}: what another reader gives, with features from files named by the utterances' ids. It is a
 * reader and no feature extractor, since an extractor sees a waveform and not whose it is, and features of a face have none.
 */
package org.kemo.precomputed;
