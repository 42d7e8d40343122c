/**
 * What a model is worth: {@linkplain org.kemo.runtime.evaluation.Metrics figures} from true labels and predicted
 * probabilities, their {@linkplain org.kemo.runtime.evaluation.Summary mean and deviation} over folds or seeds, and the
 * {@linkplain org.kemo.runtime.evaluation.HoldOut parting} of data into sides that share no speaker.
 *
 * <p>The definitions are scikit-learn's; the tests compare with figures that it computed.
 */
package org.kemo.runtime.evaluation;
