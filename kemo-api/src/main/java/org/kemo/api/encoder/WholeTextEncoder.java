package org.kemo.api.encoder;

import java.nio.file.Path;
import org.kemo.api.network.ParameterReader;

/**
 * A pretrained encoder of text as one network from the ids of tokens, so that a model that was trained on it can be written down with
 * it. Immutable, safe for use by several threads at once.
 *
 * @param network reads ids [N, L] of type LONG with their mask [N, L]; its pooled vectors are those that stand before the classifier,
 *     behind layers too that are {@linkplain PretrainedEncoder#tuned trained further}, whose parameters have the same names here
 * @param published values of its parameters, by name within the encoder's scope
 * @param tokenizer a {@code tokenizer.json} that cuts text into the ids
 * @param maxTokens longer texts are cut before they are encoded
 * @param padding the id of the token for padding
 */
public record WholeTextEncoder(
        NetworkEncoder network, ParameterReader published, Path tokenizer, int maxTokens, int padding) {}
