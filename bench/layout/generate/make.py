#!/usr/bin/env python3
"""Make layout pages: typeset each page, let each tool write its layout file, and derive the golds.

    make.py [OUT] [--articles FILE]... [--designs MODULE] [--split NAME] [--seed N] [--times N]
                  [--no-ocr] [--rapidocr-every N] [--alto-every N] [--tsv-every N] [--lean] [--plumber-every N] [--pdf-every N]
                  [--from N] [--to N]

The pages go to OUT (default: target/bench-layout of the repository): pages/<id>/ and index.json. A page depends on the
seed, the articles, the fonts and the versions of the tools. `--from N --to N` makes page N again on its own.
"""
import argparse
import importlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LAYOUT, BENCH = HERE.parent, HERE.parent.parent
sys.path[:0] = [str(HERE), str(LAYOUT), str(BENCH / "generate"), str(BENCH)]
import mapgold  # noqa: E402
import press  # noqa: E402
import readers  # noqa: E402
import relax  # noqa: E402


def choose(arts, d, rng, bag):
    n = sum(len(b["spans"]) + (1 if b.get("inset") else 0) for b in d["bands"])
    pref = set(d.get("prefer", ()))
    out = []
    if pref:
        like = [a for a in arts if pref & {u["role"] for u in a["units"]}]
        out = rng.sample(like, min(len(like), (n + 1) // 2))
    while len(out) < n:
        if not bag:
            bag.extend(rng.sample(arts, len(arts)))
        a = bag.pop()
        if a["id"] not in [x["id"] for x in out]:
            out.append(a)
    return out


def tool(*cmd):
    return subprocess.run(cmd, check=True, capture_output=True).stdout


def digital(pdf, compact, plumber):
    """The files that tools write of the PDF's text layer."""
    import pymupdf
    with tempfile.TemporaryDirectory() as d:
        f = d + "/page.pdf"
        open(f, "wb").write(pdf)
        out = {"bbox-layout": tool("pdftotext", "-bbox-layout", f, "-"), "poppler-tsv": tool("pdftotext", "-tsv", f, "-")}
        page = pymupdf.open(f)[0]
        out["pymupdf"] = (json.dumps(page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT), ensure_ascii=False) if compact
                          else page.get_text("json")).encode()
        if plumber:
            out["pdfplumber"] = tool(str(pathlib.Path(sys.executable).parent / "pdfplumber"), f, "--format", "json", "--types", "char")
        return out


def write_gold(folder, stem, golds):
    text = "".join(g + "\n" for g, _, _ in golds)
    (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
    base, kind = stem.rsplit(".", 1)
    (folder / f"{base}.{kind}.roles.txt").write_text("".join("⏎".join(r) + "\n" for _, r, _ in golds), encoding="utf-8")
    (folder / f"{base}.{kind}.articles.txt").write_text("".join(f"{a or 0}\n" for _, _, a in golds), encoding="utf-8")


def ranks(page, rows, view, is_ocr):
    """For each row of the file, the place of its first character in the true reading order (-1: noise)."""
    place = {}
    n = 0
    for u in page.units:
        for at in range(sum(len("".join(t.split())) for _, t in u.parts)):
            place[id(u), at] = n
            n += 1
    best = {}
    for c, g, rn in mapgold.place(rows, page.glyphs, view, is_ocr):
        if g is not None and rn not in best:
            best[rn] = place[id(g.unit), g.at]
    return [best.get(i, -1) for i in range(len(rows))]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", nargs="?", default=str(BENCH.parent / "target" / "bench-layout"))
    ap.add_argument("--articles", action="append", help="may be given several times")
    ap.add_argument("--designs", default="designs")
    ap.add_argument("--split", default="dev")
    ap.add_argument("--seed", type=int)
    ap.add_argument("--times", type=int, default=1)
    ap.add_argument("--no-ocr", action="store_true")
    ap.add_argument("--rapidocr-every", type=int, default=3)
    ap.add_argument("--alto-every", type=int, default=3)
    ap.add_argument("--tsv-every", type=int, default=2, help="tesseract's TSV")
    ap.add_argument("--lean", action="store_true", help="no hOCR where there is ALTO")
    ap.add_argument("--plumber-every", type=int, default=24)
    ap.add_argument("--pdf-every", type=int, default=8)
    ap.add_argument("--from", dest="first", type=int, default=1)
    ap.add_argument("--to", dest="last", type=int, default=10 ** 9)
    a = ap.parse_args()
    mod = importlib.import_module(a.designs)
    files = a.articles or [BENCH / "generate" / "articles" / "dev.json"]
    arts = [article | {"id": (file, article["id"])} for file in files for article in json.load(open(file, encoding="utf-8"))]
    seed = a.seed or mod.SEED
    out = pathlib.Path(a.out)
    (out / "pages").mkdir(parents=True, exist_ok=True)
    index_path = out / "index.json"
    index = json.load(open(index_path, encoding="utf-8")) if index_path.exists() else []
    plan = [name for name, n in mod.PLAN for _ in range(n * a.times)]
    random.Random(seed).shuffle(plan)
    for num, name in enumerate(plan, 1):
        if not a.first <= num <= a.last:
            continue
        rng = random.Random(f"{seed}/{num}/{name}")
        d, bag, why = mod.DESIGNS[name], [], []
        for _ in range(60):
            page = press.make_page(choose(arts, d, rng, bag), a.split, rng, d)
            if isinstance(page, str):
                why.append(page)
                continue
            files = digital(page.pdf, num % 4 != 1, num % a.plumber_every == 4 % a.plumber_every)
            fams, ok = {}, True
            for fmt, data in files.items():
                rows = readers.FORMATS[fmt][1](data)
                f, o, st = mapgold.golds(page, rows, mapgold.View(), False)
                if st["found"] != st["glyphs"]:
                    why.append(f"{fmt}: {st['glyphs'] - st['found']} glyphs not found")
                    ok = False
                    break
                fam = readers.FORMATS[fmt][2]
                if fam not in fams:
                    fams[fam] = (f, o, st, ranks(page, rows, mapgold.View(), False))
                elif [g for g in f] != [g for g in fams[fam][0]]:
                    why.append(f"{fmt}: another order than its family's first format")
                    ok = False
                    break
            if ok:
                break
        else:
            print(f"{num} {name}: gave up: {why[-3:]}", file=sys.stderr)
            continue
        pid = f"{num:03d}-{name}"
        folder = out / "pages" / pid
        folder.mkdir(exist_ok=True)
        for f in folder.iterdir():
            f.unlink()
        entry = {"id": pid, "design": name, "columns": page.ncol, "width": round(page.W, 2), "height": round(page.H, 2), "size": page.size, "lead": round(page.lead, 2),
                 "measure_em": page.measure, "gutter_pt": round(page.gutter, 2), "features": sorted(page.feats), "hard_breaks": page.hard, "families": {}, "formats": []}
        write_gold(folder, "print.order", fams["poppler"][1])
        if not a.no_ocr:
            import cv2
            import ocr
            dpi = rng.choice([200, 250, 300])
            angle = rng.choice([0, 0, rng.uniform(0.3, 0.8), -rng.uniform(0.3, 0.8), rng.uniform(0.8, 1.5), -rng.uniform(0.8, 1.5)])
            noise = rng.choice([0, 0, 1, 1, 2])
            im = ocr.scan(page.pdf, rng, dpi, angle, noise)
            entry["scan"] = {"dpi": dpi, "angle": round(angle, 3), "noise": noise, "pixels": [im.shape[1], im.shape[0]]}
            view = mapgold.View(dpi / 72, angle, im.shape[1], im.shape[0])
            h, al, v = ocr.tesseract(im, dpi)
            read = {"hocr": h}
            if num % a.tsv_every == 0:
                read["tess-tsv"] = v
            if num % a.alto_every == 0:
                read["alto"] = al
            if num % a.rapidocr_every == 2 % a.rapidocr_every:
                read["rapidocr"], read["paddle3"] = ocr.rapidocr(im)
            for fmt, data in read.items():
                rows = readers.FORMATS[fmt][1](data)
                f, o, st = mapgold.golds(page, rows, view, True)
                fam = readers.FORMATS[fmt][2]
                if st["found"] < 0.7 * st["glyphs"]:
                    entry.setdefault("dropped", []).append(f"{fmt}: {st['found']} of {st['glyphs']} glyphs told")
                    continue
                if fam not in fams:
                    fams[fam] = (f, o, st, ranks(page, rows, view, True))
                    write_gold(folder, fam + ".order", o)
                elif [g[0] for g in f] != [g[0] for g in fams[fam][0]]:
                    entry.setdefault("dropped", []).append(f"{fmt}: another order than its family's first format")
                    continue
                files[fmt] = data
        if a.lean and "alto" in files:
            files.pop("hocr", None)
        for fmt, data in files.items():
            (folder / readers.FORMATS[fmt][0]).write_bytes(data)
            entry["formats"].append(fmt)
        for fam, (f, o, st, rk) in fams.items():
            write_gold(folder, fam + ".gold", f)
            (folder / f"{fam}.rank.txt").write_text(" ".join(map(str, rk)) + "\n")
            entry["families"][fam] = st
        relax.page(folder, entry["formats"])
        if num % a.pdf_every == 3:
            (folder / "page.pdf").write_bytes(page.pdf)
        index = [p for p in index if p["id"] != pid] + [entry]
        index.sort(key=lambda p: p["id"])
        index_path.write_text(json.dumps(index, ensure_ascii=False, indent=0), encoding="utf-8")
        print(pid, len(why), "tries dropped", {k: (v[2]["pieces"], v[2]["cut_units"], v[2]["mixed_rows"], f"{v[2]['found']}/{v[2]['glyphs']}") for k, v in fams.items()},
              entry.get("dropped", ""), flush=True)


if __name__ == "__main__":
    main()
