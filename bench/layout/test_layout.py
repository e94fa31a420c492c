"""The golds and the scorer agree with each other.

    python3 -m pytest -q bench/layout        # pages of target/bench-layout, or of the folder that LAYOUT_PAGES names
"""
import json
import os
import pathlib
import sys
from collections import Counter

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import readers  # noqa: E402
import score as sc  # noqa: E402
import score_layout as sl  # noqa: E402

ROOT = pathlib.Path(os.environ.get("LAYOUT_PAGES", sl.PAGES))
if not (ROOT / "index.json").exists():
    pytest.skip(f"no layout pages in {ROOT}: run generate/make.py first", allow_module_level=True)
INDEX = json.load(open(ROOT / "index.json", encoding="utf-8"))


def stems(p):
    fams = {readers.FORMATS[f][2] for f in p["formats"]}
    return [(f, f"{f}.gold") for f in fams] + [(f, f"{f}.order" if f in readers.OCR else "print.order") for f in fams]


def gold(folder, stem):
    g = [l for l in (folder / f"{stem}.txt").read_text(encoding="utf-8").split("\n") if l.strip()]
    r = (folder / f"{stem}.roles.txt").read_text(encoding="utf-8").split("\n")[:-1]
    a = [int(x) for x in (folder / f"{stem}.articles.txt").read_text().split()]
    return g, r, a


def test_gold_is_aligned_with_roles_and_articles():
    for p in INDEX:
        for _, stem in stems(p):
            g, r, a = gold(ROOT / "pages" / p["id"], stem)
            assert len(g) == len(r) == len(a), (p["id"], stem)


def test_gold_scores_full_marks():
    for p in INDEX:
        for fam, stem in stems(p):
            if not stem.endswith("order"):
                continue
            g, r, a = gold(ROOT / "pages" / p["id"], stem)
            text = "".join(x.lstrip("?").replace(sc.OPT, " ") + "\n" for x in g)
            s = sc.score(text, "\n".join(g) + "\n", text, fold=fam in readers.OCR)
            assert s["unit_f1"] == 1.0, (p["id"], stem, sc.diff("\n".join(g), text)[:4])
            lines = [(x.lstrip("?").replace(sc.OPT, " "), rr.split(sc.OPT)[0], n) for x, rr, n in zip(g, r, a)]
            o = sl.order_metrics(g, r, a, lines, fam in readers.OCR)
            assert o["art_fp"] + o["art_fn"] <= 0.12 * o["art_tp"], (p["id"], stem, o)  # short units that stand twice
            assert o["dis"] <= 0.05 * (o["con"] + 1), (p["id"], stem, o)


def test_every_character_of_the_gold_is_in_the_file():
    for p in INDEX:
        for fmt in p["formats"]:
            name, reader, fam = readers.FORMATS[fmt]
            folder = ROOT / "pages" / p["id"]
            have = Counter("".join(readers.flat(reader((folder / name).read_bytes())).split()).translate(sc.WIDE_ALNUM))
            for stem in (f"{fam}.gold", f"{fam}.order" if fam in readers.OCR else "print.order"):
                g, _, _ = gold(folder, stem)
                want = Counter("".join("".join(x.lstrip("?").split()) for x in g).replace(sc.OPT, "").translate(sc.WIDE_ALNUM))
                assert not want - have, (p["id"], fmt, stem, want - have)


def test_formats_of_a_family_hold_the_same_lines():
    for p in INDEX:
        seen = {}
        for fmt in p["formats"]:
            name, reader, fam = readers.FORMATS[fmt]
            t = "".join(readers.flat(reader((ROOT / "pages" / p["id"] / name).read_bytes())).split())
            assert seen.setdefault(fam, t) == t, (p["id"], fmt)
