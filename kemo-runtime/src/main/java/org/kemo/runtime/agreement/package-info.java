/**
 * How far people who labelled the same items agree: {@linkplain org.kemo.runtime.agreement.Agreement figures} of {@linkplain
 * org.kemo.runtime.agreement.Annotations annotations} that {@link org.kemo.runtime.agreement.AnnotationFile} reads from CSV, and the
 * {@linkplain org.kemo.runtime.agreement.ReferenceMatch share} of labels that a reference confirms.
 *
 * <p>The definitions are those of scikit-learn, statsmodels and the package {@code krippendorff}; the tests compare with figures that
 * they computed.
 */
package org.kemo.runtime.agreement;
