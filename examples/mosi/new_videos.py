"""What config/mosi.md says of new videos: tables whose text features know the labels of the training side and not those of the test side.

    python new_videos.py mosi_train.tsv OUT

For each of five folds of whole videos a small network is trained on the training side's transcripts, and the 100 units of its hidden layer,
of all utterances, take the place of t0 to t99: features of the test side come from an extractor that never saw its labels, as those of a new
video do. The video features of the test side are exchanged among its utterances, which leaves nothing in them, as there is next to nothing
in those of new videos. Writes OUT/FOLD/mosi/mosi_train.tsv with a column split. Run with numpy 2.4, scikit-learn 1.9 and torch 2.15, on one
thread.
"""

import pathlib
import sys

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer

FOLDS, UNITS, EPOCHS = 5, 100, 40
TEXT, SOUND = 100, 73

torch.set_num_threads(1)
lines = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
names, rows = lines[0][4:], lines[1:]
labels = torch.tensor([int(row[2]) for row in rows])
videos = np.array([row[1] for row in rows])
words = [row[3] for row in rows]
values = np.array([[float(value) for value in row[4:]] for row in rows], np.float32)


def extracted(training, seed):
    tfidf = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2).fit([words[i] for i in training])
    terms = torch.tensor(tfidf.transform(words).toarray(), dtype=torch.float32)
    torch.manual_seed(seed)
    network = torch.nn.Sequential(
        torch.nn.Linear(terms.shape[1], UNITS), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(UNITS, 2))
    optimizer = torch.optim.Adam(network.parameters(), 1e-3, weight_decay=1e-4)
    indices = torch.tensor(training)
    for _ in range(EPOCHS):
        for batch in indices[torch.randperm(len(indices))].split(32):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(network(terms[batch]), labels[batch]).backward()
            optimizer.step()
    network.eval()
    with torch.no_grad():
        return network[:2](terms).numpy()


order = np.array(sorted(set(videos)))
np.random.default_rng(0).shuffle(order)
for fold in range(FOLDS):
    tested = np.isin(videos, order[fold::FOLDS])
    test = np.where(tested)[0]
    table = values.copy()
    table[:, :TEXT] = extracted(np.where(~tested)[0], fold)
    table[test, TEXT + SOUND:] = values[np.random.default_rng(fold).permutation(test), TEXT + SOUND:]
    file = pathlib.Path(sys.argv[2], str(fold), "mosi", "mosi_train.tsv")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        print("segment", "video", "label", "split", *names, sep="\t", file=out)
        for row, side, features in zip(rows, tested, table):
            print(*row[:3], "test" if side else "train", *["%.6g" % value for value in features], sep="\t", file=out)
