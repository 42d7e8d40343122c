/**
 * An encoder that reads the utterances of a video or dialogue in their order and answers for one of them. {@link
 * org.kemo.contextbilstm.Mark} finds out for which.
 */
package org.kemo.contextbilstm;
