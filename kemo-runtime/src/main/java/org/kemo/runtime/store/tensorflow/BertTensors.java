package org.kemo.runtime.store.tensorflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tensors of BERT (Devlin et al., 2019) by their names in its authors' checkpoints and by those of the transformers library, in
 * whose files the matrices of dense layers are [outputs, inputs] and not [inputs, outputs]. The shapes tell all sizes but the number
 * of heads: in every BERT a head is 64 wide.
 */
final class BertTensors {
    private static final String WORDS = "bert/embeddings/word_embeddings";
    private static final int HEAD = 64;
    private static final int MOST_LAYERS = 1000;

    private final Map<String, CheckpointTensor> tensors;
    private final String prefix;
    private final List<Renamed> renamed = new ArrayList<>();
    private final int vocabulary;
    private final int hidden;
    private final int inner;
    private final int layers;
    private final int positions;
    private final int types;

    /**
     * A tensor on its way.
     *
     * @param tensor as it lies in the checkpoint
     * @param name in the file that is written
     * @param transposed whether its two axes are swapped there
     */
    record Renamed(CheckpointTensor tensor, String name, boolean transposed) {
        /** The shape in the file that is written. */
        List<Integer> shape() {
            return transposed ? List.of(tensor.shape().get(1), tensor.shape().get(0)) : tensor.shape();
        }
    }

    /**
     * Finds them.
     *
     * @param tensors of the checkpoint by name, in the order in which they lie
     * @throws DamagedCheckpoint where one is missing or has an impossible shape
     */
    BertTensors(Map<String, CheckpointTensor> tensors) throws IOException {
        this.tensors = new LinkedHashMap<>(tensors);
        this.prefix = tensors.keySet().stream()
                .filter(name -> name.equals(WORDS) || name.endsWith("/" + WORDS))
                .map(name -> name.substring(0, name.length() - WORDS.length()))
                .findFirst()
                .orElseThrow(() -> new DamagedCheckpoint("it holds no BERT: there is no tensor " + WORDS));
        List<Integer> words = matrix(WORDS);
        this.vocabulary = words.get(0);
        this.hidden = words.get(1);
        this.positions = matrix("bert/embeddings/position_embeddings").get(0);
        this.types = matrix("bert/embeddings/token_type_embeddings").get(0);
        this.layers = countLayers();
        this.inner = matrix("bert/encoder/layer_0/intermediate/dense/kernel").get(1);
        if (hidden % HEAD != 0) {
            throw new DamagedCheckpoint("its width " + hidden + " is no multiple of " + HEAD);
        }
        name();
        renamed.sort((one, other) ->
                Long.compare(one.tensor().offset(), other.tensor().offset()));
    }

    private int countLayers() throws IOException {
        int count = 0;
        while (count <= MOST_LAYERS && has("bert/encoder/layer_" + count + "/attention/self/query/kernel")) {
            count++;
        }
        if (count == 0 || count > MOST_LAYERS) {
            throw new DamagedCheckpoint("it has " + count + " layers");
        }
        return count;
    }

    private void name() throws IOException {
        String embeddings = "bert.embeddings.";
        add(WORDS, embeddings + "word_embeddings.weight", false, vocabulary, hidden);
        add("bert/embeddings/position_embeddings", embeddings + "position_embeddings.weight", false, positions, hidden);
        add("bert/embeddings/token_type_embeddings", embeddings + "token_type_embeddings.weight", false, types, hidden);
        norm("bert/embeddings", "bert.embeddings");
        for (int layer = 0; layer < layers; layer++) {
            String from = "bert/encoder/layer_" + layer;
            String to = "bert.encoder.layer." + layer;
            for (String part : List.of("query", "key", "value")) {
                dense(from + "/attention/self/" + part, to + ".attention.self." + part, hidden, hidden);
            }
            dense(from + "/attention/output/dense", to + ".attention.output.dense", hidden, hidden);
            norm(from + "/attention/output", to + ".attention.output");
            dense(from + "/intermediate/dense", to + ".intermediate.dense", hidden, inner);
            dense(from + "/output/dense", to + ".output.dense", inner, hidden);
            norm(from + "/output", to + ".output");
        }
        dense("bert/pooler/dense", "bert.pooler.dense", hidden, hidden);
        if (hasMaskedWordHead()) {
            dense("cls/predictions/transform/dense", "cls.predictions.transform.dense", hidden, hidden);
            norm("cls/predictions/transform", "cls.predictions.transform");
            // The matrix before this bias is that of the words.
            add("cls/predictions/output_bias", "cls.predictions.bias", false, vocabulary);
        }
    }

    private void dense(String from, String to, int inputs, int outputs) throws IOException {
        add(from + "/kernel", to + ".weight", true, inputs, outputs);
        add(from + "/bias", to + ".bias", false, outputs);
    }

    private void norm(String from, String to) throws IOException {
        add(from + "/LayerNorm/gamma", to + ".LayerNorm.weight", false, hidden);
        add(from + "/LayerNorm/beta", to + ".LayerNorm.bias", false, hidden);
    }

    private void add(String from, String to, boolean transposed, Integer... shape) throws IOException {
        CheckpointTensor tensor = tensor(from);
        if (!tensor.shape().equals(List.of(shape))) {
            throw new DamagedCheckpoint(
                    "its tensor " + from + " has the shape " + tensor.shape() + ", not " + List.of(shape));
        }
        renamed.add(new Renamed(tensor, to, transposed));
    }

    private List<Integer> matrix(String name) throws IOException {
        List<Integer> shape = tensor(name).shape();
        if (shape.size() != 2) {
            throw new DamagedCheckpoint("its tensor " + name + " has the shape " + shape + ", which is no matrix");
        }
        return shape;
    }

    private CheckpointTensor tensor(String name) throws IOException {
        CheckpointTensor tensor = tensors.get(prefix + name);
        if (tensor == null) {
            throw new DamagedCheckpoint("its tensor " + name + " is missing");
        }
        return tensor;
    }

    private boolean has(String name) {
        return tensors.containsKey(prefix + name);
    }

    private boolean hasMaskedWordHead() {
        return has("cls/predictions/output_bias");
    }

    /** All tensors that are written, in the order in which they lie in the checkpoint. */
    Collection<Renamed> inOrder() {
        return List.copyOf(renamed);
    }

    /** The number of words. */
    int vocabulary() {
        return vocabulary;
    }

    /** The longest sentence in tokens. */
    int positions() {
        return positions;
    }

    /** As the transformers library reads it. */
    byte[] configuration(int padding) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putArray("architectures").add(hasMaskedWordHead() ? "BertForMaskedLM" : "BertModel");
        json.put("model_type", "bert");
        json.put("vocab_size", vocabulary);
        json.put("hidden_size", hidden);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", hidden / HEAD);
        json.put("intermediate_size", inner);
        json.put("max_position_embeddings", positions);
        json.put("type_vocab_size", types);
        json.put("pad_token_id", padding);
        // What all of the authors' checkpoints were trained with; the checkpoint does not hold it.
        json.put("hidden_act", "gelu");
        json.put("layer_norm_eps", 1e-12);
        json.put("position_embedding_type", "absolute");
        json.put("hidden_dropout_prob", 0.1);
        json.put("attention_probs_dropout_prob", 0.1);
        json.put("initializer_range", 0.02);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
