/**
 * Ablations: variants of a configuration, trained and scored over the same seeds and folds, and the table that says which of
 * their differences hold. {@link org.kemo.runtime.ablation.Ablation} runs one; every finished cell, one variant with one seed and
 * one fold, is a file of its own whose name is made of all that went into it.
 */
package org.kemo.runtime.ablation;
