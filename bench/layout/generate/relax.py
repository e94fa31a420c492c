#!/usr/bin/env python3
"""OCR golds: a space that the reading does not have is optional.

    relax.py ROOT      (make.py does this for the pages that it makes; doing it again changes nothing)

A recogniser that writes `记者张三` gives no sign of the printed space, so the gold takes `记者 张三` and `记者张三` alike."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
import readers  # noqa: E402
import score as sc  # noqa: E402

# what a gold may have changed in a character of the reading: full-width letters and digits
BACK = {chr(v): chr(k) for k, v in sc.WIDE_ALNUM.items()}


def pat(chars):
    return r"\s*".join(f"[{re.escape(c)}{re.escape(BACK[c])}]" if c in BACK else re.escape(c) for c in chars)


def relax(line, rows):
    """One gold line: each space whose place is known to have none in the reading becomes an optional break."""
    out, i = "", 0
    while i < len(line):
        if line[i] == " ":
            left = re.sub(r"[\s⏎]", "", line[:i])[-3:]
            right = re.sub(r"[\s⏎]", "", line[i:])[:3]
            p = re.compile(pat(left) + pat(right))
            q = re.compile(pat(left) + r"\s+" + pat(right))
            if any(p.search(r) for r in rows) and not any(q.search(r) for r in rows):
                out += sc.OPT
                i += 1
                continue
        out += line[i]
        i += 1
    return out


def page(folder, formats):
    for fam in readers.OCR:
        fmt = next((f for f in formats if readers.FORMATS[f][2] == fam), None)
        if not fmt:
            continue
        name, reader, _ = readers.FORMATS[fmt]
        rows = [r.text for r in reader((folder / name).read_bytes())]
        for stem in (f"{fam}.gold.txt", f"{fam}.order.txt"):
            f = folder / stem
            t = f.read_text(encoding="utf-8")
            n = "".join(relax(l, rows) + "\n" for l in t.split("\n")[:-1])
            if n != t:
                f.write_text(n, encoding="utf-8")


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    for p in json.load(open(root / "index.json", encoding="utf-8")):
        page(root / "pages" / p["id"], p["formats"])
