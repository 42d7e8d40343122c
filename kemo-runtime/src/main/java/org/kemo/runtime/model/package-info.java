/**
 * A model: the network that is trained ({@link org.kemo.runtime.model.EmotionNetwork}), the folder that it is kept in, and the
 * model that answers.
 */
package org.kemo.runtime.model;
