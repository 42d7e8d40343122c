"""Writes agreement.json beside this file: random tables of labels, some of them missing, with the figures that scikit-learn 1.9.1
(cohen_kappa_score), statsmodels 0.15.0 (fleiss_kappa) and krippendorff 0.9.0 (alpha) give for them. Run once, by hand:
python agreement.py. A label is a number from 0 on, None where it is missing."""

import itertools
import json
import pathlib

import krippendorff
import numpy
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

random = numpy.random.default_rng(20261123)
tables = []
for index in range(24):
    categories = int(random.integers(2, 7))
    raters = int(random.integers(2, 6))
    items = int(random.integers(6, 40))
    truth = random.integers(0, categories, items)
    guess = random.integers(0, categories, (items, raters))
    near = numpy.clip(truth[:, None] + random.integers(-1, 2, (items, raters)), 0, categories - 1)
    kind = random.random((items, raters))
    labels = numpy.where(kind < 0.5, truth[:, None], numpy.where(kind < 0.8, near, guess)).astype(float)
    # Numbers that are not evenly spaced, for the level interval; their order is that of the labels.
    values = numpy.cumsum(random.integers(1, 4, categories)).astype(float)
    if index % 3:
        labels[random.random((items, raters)) < 0.25] = numpy.nan
    given = (~numpy.isnan(labels)).sum(1)
    if not (given == raters).any():
        labels[0] = random.integers(0, categories, raters)
        given = (~numpy.isnan(labels)).sum(1)
    pairs = []
    for a, b in itertools.combinations(range(raters), 2):
        both = ~numpy.isnan(labels[:, a]) & ~numpy.isnan(labels[:, b])
        first, second = labels[both, a].astype(int), labels[both, b].astype(int)
        grid = numpy.arange(int(values[-1]) + 1)  # of all whole numbers, so that steps are differences of values
        pairs.append({
            "a": a,
            "b": b,
            "items": int(both.sum()),
            "agreement": float((first == second).mean()),
            "kappa": cohen_kappa_score(first, second, labels=range(categories)),
            "linear": cohen_kappa_score(first, second, labels=range(categories), weights="linear"),
            "quadratic": cohen_kappa_score(first, second, labels=range(categories), weights="quadratic"),
            "intervalLinear": cohen_kappa_score(values[first], values[second], labels=grid, weights="linear"),
            "intervalQuadratic": cohen_kappa_score(values[first], values[second], labels=grid, weights="quadratic"),
        })
    sizes, times = numpy.unique(given[given > 1], return_counts=True)
    size = sizes[times == times.max()].max()
    counts = numpy.stack([(labels == c).sum(1) for c in range(categories)], 1)
    of_values = numpy.where(numpy.isnan(labels), numpy.nan, values[numpy.nan_to_num(labels).astype(int)])
    tables.append({
        "categories": categories,
        "values": values.tolist(),
        "labels": [[None if numpy.isnan(v) else int(v) for v in row] for row in labels],
        "pairs": pairs,
        "fleissItems": int((given == size).sum()),
        "fleiss": float(fleiss_kappa(counts[given == size], method="fleiss")),
        "nominal": float(krippendorff.alpha(labels.T, level_of_measurement="nominal")),
        "ordinal": float(krippendorff.alpha(labels.T, level_of_measurement="ordinal")),
        "interval": float(krippendorff.alpha(of_values.T, level_of_measurement="interval")),
        "mean": float(numpy.nanmean(of_values)),
        "std": float(numpy.nanstd(of_values, ddof=1)),
    })

lines = ",\n".join(json.dumps(table, separators=(",", ":")) for table in tables)
pathlib.Path(__file__).with_name("agreement.json").write_text("[\n" + lines + "\n]\n")
