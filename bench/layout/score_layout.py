#!/usr/bin/env python3
"""Score a tool on the layout pages.

    score_layout.py 'CMD' [--order] [--pages DIR] [--format F,..] [--page ID] [--show] [--json] [--flat]

A shell runs CMD once per file, with the name of the file in place of {}; the file is on stdin too. CMD writes plain text,
one unit per line. With --order it may also write TSV, `article<TAB>role<TAB>text`, or qingyang's JSON; the scorer tells
them apart by the first byte and the tabs.
Without --order the gold in the file's own order judges the answer (unit, break and space F1, as score.py does).
With --order the gold in reading order judges it: unit F1, order, roles, articles.
--flat gives CMD the text of the file, line by line in the file's order, instead of the file itself.
"""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter

HERE = pathlib.Path(__file__).resolve().parent
PAGES = HERE.parent.parent / "target" / "bench-layout"  # where generate/make.py writes
sys.path[:0] = [str(HERE), str(HERE.parent)]
import readers  # noqa: E402
import score as sc  # noqa: E402

# names of qingyang's document -> the bench's
ROLE = {"body": "para", "masthead": "furniture", "folio": "furniture", "editors": "furniture", "index": "contents", "notice": "short",
        "signature": "sign", "credit": "caption", "unknown": "?", "dateline": "para"}


def ns(s, fold):
    s = "".join(s.split()).replace(sc.OPT, "")
    return s.translate(sc.FOLD_PUNCT) if fold else s


def answer(data):
    """Output of a tool → list of (text, role or None, article or None)."""
    text = data.decode("utf-8", "replace")
    if text.lstrip()[:1] == "{":
        docs = [json.loads(l) for l in text.splitlines()] if "\n{" in text.strip() and '"pages"' not in text[:400] else [json.loads(text)]
        out, n = [], 0
        for d in docs:
            for page in d.get("pages", [d]):
                where = {}
                for art in page.get("articles", []):
                    n += 1
                    for i in art.get("headline", []) + art.get("body", []):
                        where[i] = n
                for u in page["units"]:
                    out.append((u["text"], ROLE.get(u["role"], u["role"]), where.get(u["id"], -u["id"])))
        return out
    rows = [l for l in text.split("\n") if l.strip()]
    if rows and all(l.count("\t") >= 2 for l in rows):
        out = []
        for l in rows:
            a, r, t = l.split("\t", 2)
            out.append((t, ROLE.get(r, r) or None, a if a not in ("", "0") else None))
        return out
    return [(l, None, None) for l in rows]


def grams(s, n=4):
    return [s[i:i + n] for i in range(len(s) - n + 1)] if len(s) >= n else [s]


def locate(units, lines, fold):
    """For each gold text, where it stands in the output: (line, offset) of its middle character run, or None."""
    stream, owner = "", []
    for k, (t, _, _) in enumerate(lines):
        t = ns(t, fold)
        stream += t
        owner += [k] * len(t)
    where = {}
    for i in range(len(stream)):
        for n in (2, 3, 4):
            if i + n <= len(stream):
                where.setdefault(stream[i:i + n], []).append(i)
    whole = {}
    for k, (t, _, _) in enumerate(lines):
        whole.setdefault(ns(t, fold), []).append(k)
    first = {}
    for i, k in enumerate(owner):
        first.setdefault(k, i)
    out, used = [], Counter()
    for u in units:
        s = ns(u, fold)
        if s in whole:
            ks = whole[s]
            k = ks[min(used[s], len(ks) - 1)]
            used[s] += 1
            out.append((k, first.get(k, 0)))
            continue
        n = 4 if len(s) >= 6 else 3 if len(s) >= 3 else 2
        gs = grams(s, n)
        votes = Counter()
        spots = {}
        found = 0
        for g in gs:
            at = where.get(g, ())
            if at:
                found += 1
            if len(at) <= 3:
                for i in at:
                    votes[owner[i]] += 1
                    spots.setdefault(owner[i], []).append(i)
        if not votes or found * 2 < len(gs):
            out.append(None)
            continue
        k = min(votes, key=lambda k: (-votes[k], k))
        out.append((k, min(spots[k])))
    return out


def order_metrics(gold, roles, arts, lines, fold):
    """gold: lines of the reading-order gold. → counts."""
    req = [(g, r, a) for g, r, a in zip(gold, roles, arts) if not g.startswith("?")]
    at = locate([g for g, _, _ in req], lines, fold)
    pos = [(i, p[1], a) for i, (p, (_, _, a)) in enumerate(zip(at, req)) if p is not None]
    con = dis = ain = din = 0
    for x in range(len(pos)):
        for y in range(x + 1, len(pos)):
            good = pos[y][1] > pos[x][1]
            con += good
            dis += not good
            if pos[x][2] == pos[y][2]:
                ain += good
                din += not good
    # neighbours: of gold units that follow one another in an article, the share that do so in the output
    nxt = nxt_ok = 0
    for (p, g), (q, h) in zip(zip(at, req), zip(at[1:], req[1:])):
        if g[2] == h[2]:
            nxt += 1
            if p and q and 0 <= q[0] - p[0] <= 1 and q[1] > p[1]:
                nxt_ok += 1
    # roles by part
    tp, fp, fn = Counter(), Counter(), Counter()
    has_roles = any(r for _, r, _ in lines)
    if has_roles:
        for g, r, a in zip(gold, roles, arts):
            rs, segs = r.split(sc.OPT), g.lstrip("?").split(sc.OPT)
            pairs = list(zip(segs, rs)) if len(rs) == len(segs) else [(g.lstrip("?"), rs[0])]
            spots = locate([s for s, _ in pairs], lines, fold)
            for (s, want), p in zip(pairs, spots):
                if want in ("noise", "?") or (p is None and want == "furniture"):
                    continue
                got = lines[p[0]][1] if p is not None else None
                if got == want or (want in ("jump", "resume") and got == "para"):
                    tp[want] += 1
                else:
                    fn[want] += 1
                    if got:
                        fp[got] += 1
    # articles: pairs of units
    atp = afp = afn = 0
    has_arts = any(a is not None for _, _, a in lines)
    if has_arts:
        lab = [(g[2], lines[p[0]][2] if p is not None else None) for p, g in zip(at, req)]
        lab = [(w, h if h is not None else ("none", i)) for i, (w, h) in enumerate(lab)]
        for x in range(len(lab)):
            for y in range(x + 1, len(lab)):
                same, said = lab[x][0] == lab[y][0], lab[x][1] == lab[y][1]
                atp += same and said
                afp += said and not same
                afn += same and not said
    return {"con": con, "dis": dis, "ain": ain, "din": din, "next": nxt, "next_ok": nxt_ok, "units_found": len(pos), "units_req": len(req),
            "role_tp": dict(tp), "role_fp": dict(fp), "role_fn": dict(fn), "art_tp": atp, "art_fp": afp, "art_fn": afn,
            "has_roles": has_roles, "has_arts": has_arts}


def one(folder, fmt, cmd, order, flat, timeout=60):
    name, reader, fam = readers.FORMATS[fmt]
    f = folder / name
    data = f.read_bytes()
    ocr = fam in readers.OCR
    raw = readers.flat(reader(data))
    with tempfile.NamedTemporaryFile(suffix=".txt") as tmp:
        target = str(f)
        if flat:
            tmp.write(raw.encode())
            tmp.flush()
            target, data = tmp.name, raw.encode()
        try:
            r = subprocess.run(cmd.replace("{}", "'" + target + "'"), shell=True, input=data, capture_output=True, timeout=timeout)
            err = None if r.returncode == 0 else f"exit {r.returncode}: {r.stderr.decode('utf-8', 'replace')[-200:]}"
            out = r.stdout
        except subprocess.TimeoutExpired:
            out, err = b"", "time-out"
    lines = answer(out)
    text = "".join(t + "\n" for t, _, _ in lines)
    stem = f"{fam}.gold" if not order else f"{fam}.order" if ocr else "print.order"
    gold = (folder / f"{stem}.txt").read_text(encoding="utf-8")
    res = {"page": folder.name, "format": fmt, "error": err, "seconds": 0, "score": sc.score(raw, gold, text, fold=ocr)}
    if order:
        roles = (folder / f"{stem}.roles.txt").read_text(encoding="utf-8").split("\n")[:-1]
        arts = [int(x) for x in (folder / f"{stem}.articles.txt").read_text().split()]
        g = [l for l in gold.split("\n") if l.strip()]
        assert len(g) == len(roles) == len(arts), (folder, stem)
        res["order"] = order_metrics(g, roles, arts, lines, ocr)
    res["text"] = text
    res["gold"] = gold
    return res


def f1(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0


def summed(rs, order):
    t = sc.total([r["score"] for r in rs])
    out = {"pages": len(rs), **{k: t[k] for k in ("unit_f1", "unit_p", "unit_r", "break_f1", "space_f1", "conserved", "chars_extra", "cer", "doubled_r", "doubled_p", "doubled")}}
    if order:
        o = [r["order"] for r in rs]
        s = lambda k: sum(x[k] for x in o)  # noqa: E731
        out["tau"] = (s("con") - s("dis")) / max(1, s("con") + s("dis"))
        out["tau_in"] = (s("ain") - s("din")) / max(1, s("ain") + s("din"))
        out["next"] = s("next_ok") / max(1, s("next"))
        out["found"] = s("units_found") / max(1, s("units_req"))
        tp, fp, fn = Counter(), Counter(), Counter()
        for x in o:
            tp.update(x["role_tp"])
            fp.update(x["role_fp"])
            fn.update(x["role_fn"])
        names = sorted(set(tp) | set(fn))
        if any(x["has_roles"] for x in o):
            out["roles"] = {n: round(f1(tp[n], fp[n], fn[n]), 3) for n in names}
            out["role_micro"] = sum(tp.values()) / max(1, sum(tp.values()) + sum(fn.values()))
            out["role_macro"] = sum(out["roles"].values()) / max(1, len(names))
        if any(x["has_arts"] for x in o):
            out["art_f1"] = f1(s("art_tp"), s("art_fp"), s("art_fn"))
    return out


def line(name, t, order):
    d = lambda k: f"{t[k]:6.3f}" if k in t else "     –"  # noqa: E731
    cols = ["unit_f1", "unit_p", "unit_r"] + (["tau", "tau_in", "next", "role_micro", "role_macro", "art_f1"] if order else ["break_f1", "space_f1"]) + ["conserved"]
    return f"{name:<30}" + " ".join(f"{d(c):>8}" for c in cols) + f" {t['chars_extra']:6d}"


def head(order):
    cols = ["unitF1", "unitP", "unitR"] + (["tau", "tau-in", "next", "roles", "rolesM", "artF1"] if order else ["brkF1", "spcF1"]) + ["consrv"]
    return f"{'format (pages)':<30}" + " ".join(f"{c:>8}" for c in cols) + f" {'extra':>6}"


def run(cmd, root, order=False, flat=False, formats=None, page=None, jobs=2, designs=None):
    index = json.load(open(root / "index.json", encoding="utf-8"))
    todo = []
    for p in index:
        if page and p["id"] != page:
            continue
        if designs and p["design"] not in designs:
            continue
        for fmt in p["formats"]:
            if not formats or fmt in formats:
                todo.append((root / "pages" / p["id"], fmt))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda t: one(t[0], t[1], cmd, order, flat), todo))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cmd")
    ap.add_argument("--order", action="store_true")
    ap.add_argument("--flat", action="store_true")
    ap.add_argument("--pages", default=str(PAGES), help="folder with index.json and pages/ (default: target/bench-layout)")
    ap.add_argument("--format")
    ap.add_argument("--page")
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--jobs", type=int, default=2)
    a = ap.parse_args()
    rs = run(a.cmd, pathlib.Path(a.pages), a.order, a.flat, a.format.split(",") if a.format else None, a.page, a.jobs)
    if not rs:
        sys.exit("no such page or format")
    fmts = [f for f in readers.FORMATS if any(r["format"] == f for r in rs)]
    table = {f: summed([r for r in rs if r["format"] == f], a.order) for f in fmts}
    if a.json:
        for r in rs:
            r.pop("text"), r.pop("gold")
        print(json.dumps({"cmd": a.cmd, "formats": table, "pages": rs}, ensure_ascii=False, indent=1))
        return
    print(head(a.order))
    for f in fmts:
        print(line(f"{f} ({table[f]['pages']})", table[f], a.order))
    mean = {k: sum(t[k] for t in table.values()) / len(table) for k in next(iter(table.values())) if k not in ("roles", "pages") and all(k in t for t in table.values())}
    mean["chars_extra"] = round(mean["chars_extra"])
    print(line("mean of formats", mean, a.order))
    for r in rs:
        if r["error"]:
            print("failed:", r["page"], r["format"], r["error"])
    if a.show:
        for r in rs:
            print(f"== {r['page']} {r['format']}: - gold unit not found, + stray line")
            print("\n".join(sc.diff(r["gold"], r["text"])))


if __name__ == "__main__":
    main()
