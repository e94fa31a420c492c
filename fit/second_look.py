#!/usr/bin/env python3
"""Grow the trees that take a second look at doubtful breaks.

    second_look.py FOLDER --out FILE     grow them on the facts that `fit lines --facts FOLDER` wrote
    second_look.py FOLDER --score        print what they change, each kind of matter judged by trees that saw no page of it

FILE gets the words that `src/model/lines/trees.rs` reads, as numbers between spaces.
"""
import argparse
import collections
import pathlib
import sys

import lightgbm
import numpy as np

# Those of `src/model/lines/trees.rs` and `second_look.rs`.
TREES, LEAVES, DEPTH, SURE = 48, 24, 6, 0.9
# Trees learn from breaks that are a little surer, too: the chain in force has seen more pages and is in doubt elsewhere.
LEARN = 0.97
# The folds of the chain, which the trees share.
FOLDS = 6
# Weight of a page that the bench is like.
USUAL = 0.5

SETTINGS = {
    "objective": "binary", "num_leaves": LEAVES, "max_depth": DEPTH, "learning_rate": 0.15, "min_data_in_leaf": 60, "lambda_l2": 10,
    "feature_fraction": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1,
    "seed": 7, "deterministic": True, "force_row_wise": True, "num_threads": 2, "verbose": -1,
}


class Breaks:
    """The rows of a folder."""

    def __init__(self, folder):
        table = [line.rstrip("\n").split("\t") for line in open(folder / "breaks.tsv", encoding="utf-8")]
        self.set, self.page, self.channel, self.kind, fold, gold, p, dialect = (np.array(column) for column in zip(*table))
        self.foreign = dialect == "foreign"
        self.fold, self.p = fold.astype(int), np.clip(p.astype(float), 1e-5, 1 - 1e-5)
        self.known, self.broken = gold != "unknown", gold == "broken"
        self.facts = np.fromfile(folder / "breaks.i16", dtype="<i2").reshape(len(table), -1)
        self.log_odds = np.log(self.p / (1 - self.p))
        self.doubt = np.maximum(self.p, 1 - self.p)
        self.weight = np.where(self.kind != "", 1.0, USUAL)
        self.learned = self.known & self.foreign & (self.set != "elsewhere") & (self.doubt < LEARN)


def grow(breaks, rows):
    """Trees that add to the log-odds of the chain."""
    data = lightgbm.Dataset(breaks.facts[rows].astype(np.float32), label=breaks.broken[rows], weight=breaks.weight[rows],
                            init_score=breaks.log_odds[rows])
    return lightgbm.train(SETTINGS, data, TREES)


def words(model):
    """The words of all trees."""
    out = []
    for tree in model.dump_model()["tree_info"]:
        splits, leaves = [], []

        def add(node):
            if "leaf_value" in node:
                leaves.append(int(np.clip(round(node["leaf_value"] * 1000), -32000, 32000)))
                return -len(leaves)  # the complement of its number
            at = len(splits)
            splits.append(None)
            left, right = add(node["left_child"]), add(node["right_child"])
            splits[at] = [node["split_feature"], int(np.floor(node["threshold"])), left, right]
            return at

        if add(tree["tree_structure"]) < 0:  # a tree that never divides says nothing
            splits, leaves = [], []
        row = [word for split in splits for word in split] + [0] * (4 * (LEAVES - 1 - len(splits)))
        out += row + leaves + [0] * (LEAVES - len(leaves))
    return out


def again(breaks, model, rows):
    """The posterior after the second look."""
    added = model.predict(breaks.facts[rows].astype(np.float32), raw_score=True)
    return 1 / (1 + np.exp(-(breaks.log_odds[rows] + added)))


def unit_f1(breaks, rows, p):
    """The mean over pages of the F1 of units, by their breaks."""
    pages = collections.OrderedDict()
    for k in np.flatnonzero(rows):
        pages.setdefault(breaks.page[k], []).append(k)
    scores = []
    for page in pages.values():
        gold, found, right, sound = 1, 1, 0, True
        for k in page:
            kept, known, broken = p[k] > 0.5, breaks.known[k], breaks.broken[k]
            sound &= not known or kept == broken
            if broken and known:
                gold, right, sound = gold + 1, right + sound, kept
            found += kept and known
        scores.append(2 * (right + sound) / (gold + found))
    return np.mean(scores)


def score(breaks):
    """Print wrong breaks and units before and after, by trees that saw no page of the kind or no article of the page."""
    p = breaks.p.copy()
    doubtful = breaks.foreign & (breaks.doubt < SURE)
    for fold in range(FOLDS):
        model = grow(breaks, breaks.learned & (breaks.fold != fold))
        rows = doubtful & (breaks.set != "elsewhere") & (breaks.fold == fold)
        p[rows] = again(breaks, model, rows)
    rows = doubtful & (breaks.set == "elsewhere")
    if rows.any():
        p[rows] = again(breaks, grow(breaks, breaks.learned), rows)
    groups = {"bench": breaks.set == "dev", "kinds left out": (breaks.set == "train") & (breaks.kind != "")}
    for name in dict.fromkeys(breaks.kind[breaks.set == "elsewhere"]):
        groups[name] = (breaks.set == "elsewhere") & (breaks.kind == name)
    print("| pages | breaks | wrong | after | unit F1 | after |\n|---|--:|--:|--:|--:|--:|")
    for name, rows in groups.items():
        wrong = lambda p: ((p > 0.5) != breaks.broken)[rows & breaks.known].sum()
        print(f"| {name} | {(rows & breaks.known).sum()} | {wrong(breaks.p)} | {wrong(p)} | "
              f"{unit_f1(breaks, rows, breaks.p):.3f} | {unit_f1(breaks, rows, p):.3f} |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=pathlib.Path)
    ap.add_argument("--out", type=pathlib.Path)
    ap.add_argument("--score", action="store_true")
    a = ap.parse_args()
    breaks = Breaks(a.folder)
    if a.score:
        score(breaks)
    if a.out:
        model = grow(breaks, breaks.learned)
        a.out.write_text(" ".join(map(str, words(model))) + "\n")
        print(f"{TREES} trees from {breaks.learned.sum()} breaks", file=sys.stderr)


if __name__ == "__main__":
    main()
