/** A multi-layer perceptron over each step of features, for features that hold a whole utterance already. */
package org.kemo.mlp;
