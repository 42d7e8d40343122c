/** From the encodings and predictions of all modalities to one prediction. */
package org.kemo.api.fusion;
