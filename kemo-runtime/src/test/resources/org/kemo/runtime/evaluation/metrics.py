"""Writes metrics.json beside this file: random tables of truth and probabilities with the figures that scikit-learn 1.9.1
gives for them. The calibration error is numpy's, and agrees with torchmetrics 1.9.0, which counts in 32 bits. Run once, by
hand: python metrics.py. Probabilities are written in 1024ths, so that they are the same numbers in 32 and in 64 bits and
some are equal."""

import json
import pathlib
import warnings

import numpy
import torch
from sklearn import metrics
from torchmetrics.functional.classification import multiclass_calibration_error

warnings.filterwarnings("ignore")


def calibration_error(truth, p):
    confidence, right = p.max(1), p.argmax(1) == truth
    bins = numpy.digitize(confidence, numpy.linspace(0, 1, 16), right=True)
    groups = [bins == b for b in numpy.unique(bins)]
    error = sum(g.mean() * abs(confidence[g].mean() - right[g].mean()) for g in groups)
    theirs = multiclass_calibration_error(
        torch.tensor(p), torch.tensor(truth), num_classes=p.shape[1], n_bins=15)
    assert abs(error - float(theirs)) < 1e-6
    return float(error)


random = numpy.random.default_rng(20261122)
tables = []
for index in range(24):
    classes = int(random.integers(2, 9))
    n = int(random.integers(4, 50))
    in_truth = numpy.arange(classes)
    if index % 3 == 1 and classes > 2:  # classes without an utterance
        in_truth = random.choice(classes, size=max(2, classes - 2), replace=False)
    truth = random.choice(in_truth, size=n)
    truth[: len(in_truth[:n])] = in_truth[:n]
    scores = random.dirichlet(numpy.full(classes, 0.7), size=n)
    scores[numpy.arange(n), truth] += random.uniform(0, 1.5, n) * random.integers(0, 2, n)
    parts = numpy.floor(scores / scores.sum(1, keepdims=True) * 1024).astype(int)
    if index % 4 == 2:  # many equal scores
        parts = parts // 128 * 128
    parts[numpy.arange(n), parts.argmax(1)] += 1024 - parts.sum(1)
    p = parts / 1024.0
    predicted = p.argmax(1)
    areas = [
        metrics.roc_auc_score(truth == c, p[:, c]) for c in range(classes) if 0 < (truth == c).sum() < n
    ]
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=range(classes), zero_division=0
    )
    tables.append({
        "classes": classes,
        "truth": truth.tolist(),
        "parts": parts.tolist(),
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted),
        "macroF1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
        "weightedF1": metrics.f1_score(truth, predicted, average="weighted", zero_division=0),
        "precision": metrics.precision_score(truth, predicted, average="macro", zero_division=0),
        "recall": metrics.recall_score(truth, predicted, average="macro", zero_division=0),
        "aucRoc": float(numpy.mean(areas)),
        "logLoss": metrics.log_loss(truth, p, labels=range(classes)),
        "calibrationError": calibration_error(truth, p),
        "confusion": metrics.confusion_matrix(truth, predicted, labels=range(classes)).tolist(),
        "classPrecision": precision.tolist(),
        "classRecall": recall.tolist(),
        "classF1": f1.tolist(),
        "support": support.tolist(),
    })
    if len(areas) == classes:  # scikit-learn's own mean asks for all classes
        scores = p[:, 1] if classes == 2 else p
        assert abs(tables[-1]["aucRoc"] - metrics.roc_auc_score(truth, scores, multi_class="ovr")) < 1e-12

lines = ",\n".join(json.dumps(table, separators=(",", ":")) for table in tables)
pathlib.Path(__file__).with_name("metrics.json").write_text("[\n" + lines + "\n]\n")
