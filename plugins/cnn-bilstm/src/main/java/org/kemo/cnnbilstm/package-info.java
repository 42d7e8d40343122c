/** An encoder that sees patterns over a few frames first and their order then: convolutions, and a bidirectional LSTM above them. */
package org.kemo.cnnbilstm;
