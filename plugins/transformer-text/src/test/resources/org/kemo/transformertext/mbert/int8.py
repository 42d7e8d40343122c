"""How alike the vectors of an int8 model are: ONNX Runtime's, with exact sums and with its usual ones, to those of onnx's reference evaluator.

  python int8.py network.onnx tokenizer.json lines.txt

With onnx 1.23, onnxruntime 1.29.0 and tokenizers 0.23; about ten seconds a line. network.onnx is what Kemo writes of mBERT with
precision: int8 below ~/.cache/kemo/networks. Only x86 processors without VNNI tell the two sums apart. Prints for each line the cosine
similarity of the means over tokens, and how far the numbers are apart.
"""
import sys

import numpy
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator
from tokenizers import Tokenizer


def mean(states):
    return states[0].mean(axis=0)


def alike(a, b):
    cosine = (a * b).sum() / numpy.sqrt((a * a).sum() * (b * b).sum())
    return f"{cosine:.4f} ({abs(a - b).max():.1e})"


def session(network, exact):
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.x64quantprecision", exact)
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def main(network, tokenizer_file, lines):
    model = onnx.load(network)
    reference = ReferenceEvaluator(model)
    exact, usual = session(network, "1"), session(network, "0")
    tokenizer = Tokenizer.from_file(tokenizer_file)
    with open(lines, encoding="utf-8") as file:
        for line in file:
            ids = numpy.array([tokenizer.encode(line.rstrip("\n")).ids])
            known = {
                "input_ids": ids,
                "attention_mask": numpy.ones_like(ids),
                "position_ids": numpy.arange(ids.shape[1])[None],
            }
            inputs = {
                each.name: known[each.name].astype(
                    numpy.float32 if each.type.tensor_type.elem_type == onnx.TensorProto.FLOAT else numpy.int64
                )
                for each in model.graph.input
            }
            expected = mean(reference.run(None, inputs)[0])
            print(
                "exact sums", alike(expected, mean(exact.run(None, inputs)[0])),
                "usual sums", alike(expected, mean(usual.run(None, inputs)[0])),
                flush=True,
            )


main(*sys.argv[1:])
