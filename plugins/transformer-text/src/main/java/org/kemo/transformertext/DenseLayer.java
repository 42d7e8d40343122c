package org.kemo.transformertext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.Weights;

/**
 * A Dense layer of sentence-transformers behind the pooling: f(W x + b), without a residual connection.
 *
 * @param weight W, [out, in]
 * @param bias b, [out]
 * @param tanh whether f is the hyperbolic tangent; else it is nothing
 */
record DenseLayer(FloatTensor weight, FloatTensor bias, boolean tanh) {
    /** What the scopes of their parameters begin with, before the number of the layer. */
    static final String SCOPE = "dense";

    private static final String WEIGHTS = "model.safetensors";

    /** What it reads and gives. */
    private static final String VECTOR = "sentence_embedding";

    /** For layers of which fetching them again makes no others. */
    private static final String ALIKE =
            "Name a model whose Dense layers have the activation Tanh or Identity, read and give [" + VECTOR
                    + "], and add nothing to it.";

    /**
     * Reads the layer's folder, such as {@code 2_Dense}.
     *
     * @throws KemoException category PLUGIN, where it is another layer than this
     */
    static DenseLayer read(Path folder, int width, ModelFiles files) {
        JsonFile config = JsonFile.read(folder.resolve("config.json"));
        int in = config.size("in_features");
        int out = config.size("out_features");
        String activation = config.text("activation_function").orElse("torch.nn.modules.activation.Tanh");
        if (!activation.endsWith(".Tanh") && !activation.endsWith(".Identity")) {
            throw JsonFile.wrong(config.file(), "asks for the activation [" + activation + "]", ALIKE);
        }
        for (String name : List.of("module_input_name", "module_output_name")) {
            if (!config.text(name).orElse(VECTOR).equals(VECTOR)) {
                throw JsonFile.wrong(
                        config.file(),
                        "says [" + name + ": " + config.text(name).get() + "]",
                        ALIKE);
            }
        }
        if (config.flag("use_residual")) {
            throw JsonFile.wrong(config.file(), "says [use_residual: true]", ALIKE);
        }
        Path file = weights(folder);
        if (!Files.isRegularFile(file)) {
            throw KemoException.plugin(
                    "The Dense layer has no [" + file + "].",
                    "Save the model with a current sentence-transformers: SentenceTransformer(...).save_pretrained(FOLDER)"
                            + " writes it.");
        }
        try (Weights weights = files.weights(file)) {
            FloatTensor weight = weights.read("linear.weight");
            FloatTensor bias =
                    weights.names().contains("linear.bias") ? weights.read("linear.bias") : FloatTensor.zeros(out);
            if (in != width
                    || !Arrays.equals(weight.shape(), new int[] {out, in})
                    || !Arrays.equals(bias.shape(), new int[] {out})) {
                throw KemoException.plugin(
                        "The layer in [" + folder + "] has weights " + Arrays.toString(weight.shape()) + " and a bias "
                                + Arrays.toString(bias.shape()) + "; its config.json says [" + in + "] to [" + out
                                + "], and the vectors that it is given are of [" + width + "].",
                        "Use the files of one model.");
            }
            return new DenseLayer(weight, bias, activation.endsWith(".Tanh"));
        }
    }

    /** The weights' file, for the sum of what decides the answers. */
    static Path weights(Path folder) {
        return folder.resolve(WEIGHTS);
    }

    int width() {
        return bias.count();
    }

    float[] apply(float[] x) {
        float[] y = new float[width()];
        for (int row = 0; row < y.length; row++) {
            double sum = bias.values()[row];
            for (int column = 0; column < x.length; column++) {
                sum += (double) weight.values()[row * x.length + column] * x[column];
            }
            y[row] = (float) (tanh ? Math.tanh(sum) : sum);
        }
        return y;
    }
}
