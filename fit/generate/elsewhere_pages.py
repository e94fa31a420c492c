#!/usr/bin/env python3
"""Make training pages of the matter and with the damage that pages from elsewhere have.

    elsewhere_pages.py ARTICLES.json... --out FOLDER [--seed N] [--pages N] [--sections]

`matter.py` writes what the pages say, with `--sections` `sections.py` does, and `damage.py` sets it and damages it. Each page has a kind, its main matter, and a
channel, the way it was read: by a recognizer (`ocr`, `scan`, `upright` for vertical print), from a text layer (`raw`,
`layer`, `torn`), an e-text, or plain. `fit` reads the folder as a set of pages and can leave out kinds and channels.
"""
import argparse
import json
import pathlib
import random
import shutil

from damage import Habits, Setter, blank_before, furniture, interrupted, set_unit
from matter import KINDS, Bank, Pen
import sections

CHANNELS = ["ocr", "ocr", "ocr", "ocr", "scan", "scan", "upright", "raw", "raw", "layer", "torn", "etext", "plain"]


def matters_of(rng, kind, channel, pen):
    """What a page says: its kind, and other matter before and behind it."""
    prose = ("stories", "broadside", "footnotes", "interviews", "serial", "quotations", "regulations", "letters")
    matters = [KINDS[rng.choice(prose) if channel == "raw" and rng.random() < 0.7 else kind](pen)]
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        other = KINDS[rng.choice(prose)] if channel == "raw" or rng.random() < 0.6 else rng.choice(list(KINDS.values()))
        matters.insert(rng.randint(0, len(matters)), other(pen))
    return matters


def sections_of(rng, kind, pen):
    """The name of a page, sections of its kind and of others, and the lines at its foot."""
    kinds = [kind] + [rng.choice([kind, *sections.KINDS]) for _ in range(rng.randint(0, 3))]
    rng.shuffle(kinds)
    return [sections.page_name(pen), *(sections.KINDS[kind](pen) for kind in kinds), sections.imprint(pen)]


def page(rng, kind, channel, bank):
    """One page: raw text, gold and roles."""
    habits, pen = Habits(rng, channel), Pen(rng, bank)
    matters = sections_of(rng, kind, pen) if kind in sections.KINDS else matters_of(rng, kind, channel, pen)
    setter, units = Setter(habits), []
    long = 0.6 if channel == "raw" else 0.15  # reports have longer paragraphs than newspapers
    for matter in matters:
        if rng.random() < (0.15 if channel in ("raw", "torn") else 0.6):
            setter = Setter(habits)
        narrow = Setter(habits)
        narrow.steps = [rng.randint(6, 12)]
        if rng.random() < long:
            matter = lengthened(matter)
        for unit in matter:
            parts = set_unit(narrow if unit.role == "caption" and rng.random() < 0.4 else setter, unit)
            if parts:
                units.append((unit.role, parts))
    units = interrupted(habits, units)
    if rng.random() < 0.3:
        units.append(("furniture", [[furniture(habits)]]))
    if rng.random() < 0.2:
        units.insert(0, ("furniture", [[furniture(habits)]]))
    out, above, role_above = [], "", ""
    for role, parts in units:
        for j, lines in enumerate(parts):
            for k, line in enumerate(lines):
                if out and blank_before(habits, j == k == 0, k == 0, above, role, role_above):
                    out.append("")
                out.append(line)
                above = line
        role_above = role
    gold = [("?" if role == "furniture" else "") + "⏎".join("".join(x.strip() for x in lines) for lines in parts) for role, parts in units]
    return "\n".join(out) + "\n", "\n".join(gold) + "\n", "\n".join(role for role, _ in units) + "\n"


def lengthened(matter):
    """The units with paragraphs of running text put together."""
    out = []
    for unit in matter:
        long = out and unit.role == out[-1].role == "para" and len(unit.parts[0]) > 30 and 30 < len(out[-1].parts[0]) < 500
        if long and out[-1].parts[0][-1] in "。！？”":
            out[-1].parts[0] += unit.parts[0]
        else:
            out.append(unit)
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("articles", nargs="+")
    ap.add_argument("--out", required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--pages", type=int, default=300)
    ap.add_argument("--sections", action="store_true")
    a = ap.parse_args()
    out = pathlib.Path(a.out)
    shutil.rmtree(out, ignore_errors=True)
    bank = Bank([article for f in a.articles for article in json.load(open(f, encoding="utf-8"))])
    index, kinds = [], list(sections.KINDS if a.sections else KINDS)
    for n in range(a.pages):
        rng = random.Random(f"{a.seed}/{n}")
        kind, channel = kinds[n % len(kinds)], rng.choice(CHANNELS)
        raw, gold, roles = page(rng, kind, channel, bank)
        folder = out / "pages" / channel
        folder.mkdir(parents=True, exist_ok=True)
        for ext, text in (("raw", raw), ("gold", gold), ("roles", roles)):
            (folder / f"{n:04d}.{ext}.txt").write_text(text, encoding="utf-8")
        index.append({"id": f"{channel}/{n:04d}", "channel": channel, "kind": kind, "features": [kind], "hard_breaks": 0, "fold": False})
    (out / "index.json").write_text(json.dumps(index, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
