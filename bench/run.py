#!/usr/bin/env python3
"""Run a cleaner over the pages of the bench and score it.

    run.py 'CMD' [--split NAME] [--channel X] [--pages DIR] [--real DIR]
                 [--show PAGE] [--json] [--timeout S] [--worst N] [--require F1]

CMD reads a raw page on stdin and writes the clean text on stdout. A shell runs it once per
page. --real DIR also scores DIR/*/raw.txt against DIR/*/gold.txt (or NAME.txt against
NAME.gold.txt). --pages bench/genres scores pages of that form alone, each as a channel of
its own, and does not judge the width of punctuation. The row `no full last line` sums the pages on which no paragraph ends
exactly at the measure and no line within a paragraph ends in a stop mark. The text of
these pages has evidence for every break.
--show PAGE (for instance seedlike/003) prints what differs on that page.
--require F1 exits with status 1 if a page fails or the mean unit F1 of the channels is lower.
"""
import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import time

import score as sc

HERE = pathlib.Path(__file__).resolve().parent


def load(root):
    """Pages of a folder: those of its index, each with raw, gold and label; without an index, each page is a channel."""
    pages = []
    if not (root / "index.json").exists():
        for p in real(root):
            name = p["id"].split("/", 1)[1]
            pages.append({**p, "id": name, "channel": name, "fold": True})
        return pages
    for p in json.load(open(root / "index.json", encoding="utf-8")):
        base = root / "pages" / p["id"]
        p["raw"] = base.with_name(base.name + ".raw.txt").read_bytes()
        p["gold"] = base.with_name(base.name + ".gold.txt").read_text(encoding="utf-8")
        pages.append(p)
    return pages


def real(root):
    """Real pages: DIR/*/raw.txt with gold.txt, or DIR/*/NAME.txt with NAME.gold.txt."""
    out = []
    for gold in sorted(pathlib.Path(root).glob("*/*gold.txt")):
        raw = gold.with_name("raw.txt" if gold.name == "gold.txt" else gold.name.replace(".gold.txt", ".txt"))
        if raw.exists():
            name = gold.parent.name + ("" if gold.name == "gold.txt" else "/" + raw.stem)
            out.append({"id": "real/" + name, "channel": "real", "features": [], "fold": False, "hard_breaks": None,
                        "raw": raw.read_bytes(), "gold": gold.read_text(encoding="utf-8")})
    return out


def clean(cmd, raw, limit):
    t = time.perf_counter()
    try:
        r = subprocess.run(cmd, shell=True, input=raw, capture_output=True, timeout=limit)
        err = None if r.returncode == 0 else f"exit {r.returncode}: {r.stderr.decode('utf-8', 'replace').strip()[-120:]}"
        out = r.stdout
    except subprocess.TimeoutExpired:
        err, out = f"over {limit} s", b""
    return out.decode("utf-8", "replace"), err, time.perf_counter() - t


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cmd")
    ap.add_argument("--split", default="dev", help="a page set beside this file")
    ap.add_argument("--channel")
    ap.add_argument("--pages", help="folder with index.json and pages/, or with */raw.txt and */gold.txt "
                    "(default: the split's folder beside this file, or this folder)")
    ap.add_argument("--real")
    ap.add_argument("--show")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--timeout", type=float, default=30)
    ap.add_argument("--worst", type=int, default=8)
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--require", type=float, metavar="F1", help="exit with status 1 if the mean unit F1 is lower")
    a = ap.parse_args()

    root = pathlib.Path(a.pages) if a.pages else HERE / a.split
    if not a.pages and not (root / "index.json").exists() and a.split == "dev":
        root = HERE
    pages = load(root)
    if not pages:
        sys.exit(f"no pages in {root}: name a folder with --pages, or make the pages first")
    if a.real:
        pages += real(a.real)
    if a.channel:
        pages = [p for p in pages if p["channel"] in a.channel.split(",")]
    if a.show:
        pages = [p for p in pages if p["id"] == a.show]
    if not pages:
        sys.exit("no such page or channel; known: " + ", ".join(sorted({p["id"].split("/")[0] for p in load(root)})))

    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        outs = list(pool.map(lambda p: clean(a.cmd, p["raw"], a.timeout), pages))
    for p, (out, err, secs) in zip(pages, outs):
        p["out"], p["err"], p["secs"] = out, err, secs
        p["score"] = sc.score(p["raw"].decode("utf-8", "replace"), p["gold"], out, fold=p["fold"])

    if a.show:
        p = pages[0]
        print(sc.header("page", 20))
        print(sc.row(p["id"], p["score"], 20))
        print("features:", " ".join(p["features"]), "| - gold unit not found, + stray output line")
        print("\n".join(sc.diff(p["gold"], p["out"])))
        return
    channels = sorted({p["channel"] for p in pages}, key=lambda c: (c == "real", c))
    table = {c: sc.total([p["score"] for p in pages if p["channel"] == c]) for c in channels}
    made = [c for c in channels if c != "real"]
    mean = None
    if made:
        mean = {k: sum(table[c][k] for c in made) / len(made) for k, _ in sc.COLUMNS}
        with_doubles = [table[c] for c in made if table[c]["doubled"]]
        for k in ("doubled_p", "doubled_r"):
            mean[k] = sc.ratio(sum(t[k] for t in with_doubles), len(with_doubles))
        mean["doubled"], mean["chars_extra"] = len(with_doubles), round(mean["chars_extra"])
    if a.json:
        print(json.dumps({"cmd": a.cmd, "channels": table, "mean": mean,
                          "pages": [{"id": p["id"], "error": p["err"], "seconds": p["secs"], "features": p["features"], **p["score"]}
                                    for p in pages]}, ensure_ascii=False, indent=1))
        return
    print(sc.header("channel (pages)", 22))
    for c in channels:
        print(sc.row(f"{c} ({table[c]['pages']})", table[c], 22))
    if mean:
        print(sc.row("mean of channels", mean, 22))
    clear = [p["score"] for p in pages if p["hard_breaks"] == 0]
    if clear:
        print(sc.row(f"no full last line ({len(clear)})", sc.total(clear), 22))
    print(f"{sum(p['secs'] for p in pages):.1f} s in the command over {len(pages)} pages")
    for p in pages:
        if p["err"]:
            print(f"failed: {p['id']}: {p['err']}")
    print(f"worst {a.worst} pages:")
    for p in sorted(pages, key=lambda p: p["score"]["unit_f1"])[:a.worst]:
        s = p["score"]
        print(f"  {p['id']:<24} unitF1 {s['unit_f1']:.3f}  brkF1 {s['break_f1']:.3f}  lost {s['chars_missing']}  {' '.join(p['features'])}")
    if a.require is not None:
        failed = sum(p["err"] is not None for p in pages)
        if failed or not mean or mean["unit_f1"] < a.require:
            sys.exit(f"mean unit F1 {mean['unit_f1'] if mean else 0:.4f}, {failed} pages failed: {a.require} is required")


if __name__ == "__main__":
    main()
