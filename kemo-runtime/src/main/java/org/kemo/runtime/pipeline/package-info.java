/**
 * The frozen steps of an utterance: from what each modality offers to what its network reads. What comes after that, the
 * trainable part, is {@link org.kemo.runtime.model.EmotionNetwork}.
 */
package org.kemo.runtime.pipeline;
