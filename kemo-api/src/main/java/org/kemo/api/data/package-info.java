/** Utterances with their sources, labels, speakers and splits, and the readers that find them. */
package org.kemo.api.data;
