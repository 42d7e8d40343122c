/**
 * The data set reader {@code ravdess}: finds the speech clips of RAVDESS below a folder, takes label and speaker from their
 * file names, and splits them by speaker or by the leaky protocol of the paper.
 */
package org.kemo.ravdess;
