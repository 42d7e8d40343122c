"""The mean of a transformer's hidden states for each line of a file, by tokenizers and onnxruntime.

  python encode.py LINES network.onnx tokenizer.json THREADS VECTORS

Reads numbers from standard input. For each of them all lines are encoded, that many at a time, and the seconds that it took are
printed; the vectors, float32 [lines, width], are left in the file VECTORS.
"""
import sys
import time

import numpy
import onnxruntime
import tokenizers

LONGEST = 512


def encode(session, tokenizer, texts):
    encodings = tokenizer.encode_batch(texts)
    ids = numpy.array([each.ids for each in encodings], dtype=numpy.int64)
    mask = numpy.array([each.attention_mask for each in encodings], dtype=numpy.int64)
    known = {
        "input_ids": ids,
        "attention_mask": mask,
        "token_type_ids": numpy.zeros_like(ids),
        "position_ids": numpy.broadcast_to(numpy.arange(ids.shape[1], dtype=numpy.int64), ids.shape),
    }
    inputs = {
        each.name: known[each.name].astype(numpy.float32 if each.type == "tensor(float)" else numpy.int64, copy=False)
        for each in session.get_inputs()
    }
    (states,) = session.run(["last_hidden_state"], inputs)
    weights = mask[:, :, None].astype(numpy.float32)
    return (states * weights).sum(axis=1) / weights.sum(axis=1)


def main(lines, network, tokenizer_file, threads, vectors):
    with open(lines, encoding="utf-8") as file:
        texts = [line.rstrip("\n") for line in file]
    tokenizer = tokenizers.Tokenizer.from_file(tokenizer_file)
    tokenizer.enable_padding()
    tokenizer.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(threads)
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    for line in sys.stdin:
        batch = int(line)
        start = time.perf_counter()
        encoded = [encode(session, tokenizer, texts[at : at + batch]) for at in range(0, len(texts), batch)]
        seconds = time.perf_counter() - start
        numpy.concatenate(encoded).astype("<f4").tofile(vectors)
        print(seconds, flush=True)


main(*sys.argv[1:])
