#!/usr/bin/env python3
"""Typeset pages from articles, damage or extract their text, and write each page with its gold.

    make.py dev [--articles FILE] [--channels a,b] [--seed N] [--times N] [--out DIR]

A page depends on the seed, the articles, the fonts and the versions of the extractors, and on nothing else. pdfminer is
the exception: it breaks ties of its layout by the addresses of objects, so its pages may differ from one run to the next.
"""
import argparse
import json
import pathlib
import random
import re
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import seedlike

HERE = pathlib.Path(__file__).resolve().parent
SEED = {"dev": 20230818}
PLAN = {  # channel -> pages
    "dev": {"seedlike": 18, "pdftotext": 6, "pdftotext-layout": 6, "pdftotext-raw": 5, "mutool": 6, "pypdf": 5, "pdfminer": 5, "pymupdf": 4, "tesseract": 5},
}


def nospace(s):
    return "".join(s.split())


def pick(arts, rng, k, bag):
    """Draw k articles; each is used once before any is used again."""
    out = []
    while len(out) < k:
        if not bag:
            bag.extend(rng.sample(arts, len(arts)))
        a = bag.pop()
        if a["id"] not in [x["id"] for x in out]:
            out.append(a)
    return out


def check(raw, gold):
    """Characters of the gold that its raw does not have. A gold that has any is wrong."""
    from collections import Counter
    fold = lambda s: unicodedata.normalize("NFKC", nospace(s).replace("…", "…"))  # noqa: E731
    body = re.sub(r"(?m)^\?", "", gold).replace("⏎", "")
    return Counter(fold(body)) - Counter(fold(radicals(raw)))


def radicals(s):
    back = {v: k for k, v in seedlike.KANGXI.items()}
    return "".join(back.get(c, c) for c in s)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("split", choices=SEED)
    ap.add_argument("--articles", type=pathlib.Path, help="JSON file of articles (default: articles/SPLIT.json here)")
    ap.add_argument("--channels", help="only these channels, separated by commas")
    ap.add_argument("--out", help="folder to write (default: dev/ here)")
    ap.add_argument("--seed", type=int, help="another draw of pages from the same articles")
    ap.add_argument("--times", type=int, default=1, help="multiply the number of pages of each channel")
    a = ap.parse_args()
    arts = json.load(open(a.articles or HERE / "articles" / f"{a.split}.json", encoding="utf-8"))
    out = pathlib.Path(a.out or HERE / a.split)
    index_path = out / "index.json"
    index = json.load(open(index_path, encoding="utf-8")) if index_path.exists() else []
    for ch, n in PLAN[a.split].items():
        n *= a.times
        if a.channels and ch not in a.channels.split(","):
            continue
        rng = random.Random(f"{a.seed or SEED[a.split]}/{ch}")
        d = out / "pages" / ch
        d.mkdir(parents=True, exist_ok=True)
        for f in d.iterdir():
            f.unlink()
        index = [p for p in index if p["channel"] != ch]
        index_path.write_text(json.dumps(index, ensure_ascii=False, indent=0), encoding="utf-8")
        pool = arts
        if ch == "tesseract":  # it reads a table row as one line or skips it, so no gold can be derived
            pool = [a for a in arts if not any(u["role"] == "row" for u in a["units"])]
        bag, made, dropped = [], 0, []
        while made < n:
            if len(dropped) > 6 * n:
                print(f"{ch}: gave up at {made} of {n} pages", file=sys.stderr)
                break
            if ch == "seedlike":
                sel = pick(arts, rng, rng.randint(3, 6), bag)
                raw, gold, feats, hard = seedlike.page(sel, a.split, rng)
            else:
                import extract
                sel = pick(pool, rng, rng.randint(2, 4), bag)
                got = extract.page(ch, sel, a.split, rng)
                if isinstance(got, str):
                    dropped.append(got)
                    continue
                raw, gold, feats, hard = got
            bad = check(raw, gold) if ch != "tesseract" else None
            if bad:
                dropped.append(f"gold not in raw: {''.join(bad)[:20]}")
                continue
            made += 1
            pid = f"{made:03d}"
            (d / f"{pid}.raw.txt").write_bytes(raw.encode())
            (d / f"{pid}.gold.txt").write_bytes(gold.encode())
            index.append({"id": f"{ch}/{pid}", "channel": ch, "features": feats, "hard_breaks": hard,
                          "fold": ch == "tesseract", "articles": [x["id"] for x in sel]})
        why = {}
        for w in dropped:
            why[w.split(":")[0]] = why.get(w.split(":")[0], 0) + 1
        print(f"{a.split} {ch}: {made} pages, {len(dropped)} dropped {why or ''}")
        for w in dropped[:3]:
            print("   ", w[:160])
        index.sort(key=lambda p: p["id"])
        index_path.write_text(json.dumps(index, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
