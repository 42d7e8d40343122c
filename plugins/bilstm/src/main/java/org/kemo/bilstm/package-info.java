/** The paper's speech encoder: a stacked bidirectional LSTM over frames of features. */
package org.kemo.bilstm;
