package org.kemo.transformertext;

import java.nio.file.Path;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.Weights;

/**
 * The published values of a {@link WholeTransformer}'s parameters, one by one.
 *
 * @param family whose names the weights have
 * @param behind holds those of the Dense layers
 * @param tokenizer gives the ids of the words
 * @param weightsFile with the others
 * @param files reads it
 */
record PublishedParameters(
        Architecture.Family family, SentenceLayers behind, TextTokenizer tokenizer, Path weightsFile, ModelFiles files)
        implements ParameterReader {
    @Override
    public FloatTensor read(String name, Shape shape) {
        if (name.startsWith(DenseLayer.SCOPE)) {
            int role = name.indexOf('/');
            DenseLayer layer = behind.dense().get(Integer.parseInt(name.substring(DenseLayer.SCOPE.length(), role)));
            return name.endsWith("/weight") ? TensorNames.transposed(layer.weight()) : layer.bias();
        }
        try (Weights weights = files.weights(weightsFile)) {
            FloatTensor value = new TensorNames(weightsFile, weights, family).read(name, shape);
            return name.equals(TransformerNetwork.WORDS) ? tokenizer.spoken(value) : value;
        }
    }
}
