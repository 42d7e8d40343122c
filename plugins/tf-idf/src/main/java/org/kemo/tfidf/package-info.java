/**
 * The floor that every text encoder has to leave below: a text is the counts of its words, each weighted by how few training texts have
 * it, and a linear model reads them.
 */
package org.kemo.tfidf;
