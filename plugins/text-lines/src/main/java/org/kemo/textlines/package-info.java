/** The data set reader {@code text-lines}: files of lines such as {@code i feel calm;joy}, several of them together. */
package org.kemo.textlines;
