/** The floor of every comparison: what the training data answer without looking at an utterance. */
package org.kemo.majority;
