# A linear model over mBERT's vectors that Kemo's is compared with in config/text.md, by scikit-learn 1.9.1. Run after kemo ablate with
# config/ablations/sampling-encoders.yaml: python logistic.py DATA FEATURES PRETRAINED, with the folder that KEMO_DATA names, the folder
# of the feature cache and what kemo-model.yaml of a model with mBERT says under modalities.text.pretrained. It prints the accuracies on the
# validation sides: English 52.55, Kazakh 44.15.
import hashlib
import struct
import sys
from pathlib import Path

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

SIDES = {"English": "dair-emotion", "Kazakh": "dair-emotion-kk"}
OPTIONS = '{"model":"mbert","pooling":"mean","maxTokens":96,"output":"pooled","precision":"float32","tune":{"layers":0,"dropout":0.1}}'


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def vector(text):
    name = sha256(f"mbert@1{OPTIONS} {pretrained} of text {sha256(text)}")
    kept = (Path(features) / name[:2] / name).read_bytes()
    (rank,) = struct.unpack("<i", kept[4:8])
    return numpy.frombuffer(kept[8 + 4 * rank :], "<f4")


def read(file):
    lines = [line.rsplit(";", 1) for line in file.read_text("utf-8").split("\n") if line.strip()]
    return [vector(text) for text, _ in lines], [label for _, label in lines]


data, features, pretrained = sys.argv[1:]
vectors, labels = map(sum, zip(*(read(Path(data) / side / "train.txt") for side in SIDES.values())), ([], []))
scaler = StandardScaler().fit(vectors)
model = LogisticRegression(C=0.01, max_iter=3000).fit(scaler.transform(vectors), labels)
for language, side in SIDES.items():
    vectors, labels = read(Path(data) / side / "val.txt")
    print(language, round(100 * model.score(scaler.transform(vectors), labels), 2))
