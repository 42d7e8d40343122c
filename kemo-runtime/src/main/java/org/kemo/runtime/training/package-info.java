/** Trains the networks of a model: which utterances make a batch, what each class weighs, how epochs follow each other. */
package org.kemo.runtime.training;
