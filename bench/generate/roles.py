#!/usr/bin/env python3
"""Write the roles of the gold units of generated pages: pages/<channel>/<id>.roles.txt, one line per unit of the gold.

    roles.py dev [FOLDER] [--articles FILE] [--verbose]

A headline block lists the roles of its parts, joined by `⏎` (kicker⏎headline⏎deck). `?` means that the role is not known.
The index of FOLDER must name the articles of each page, as make.py writes it.
"""
import argparse
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
DISPLAY = ("kicker", "headline", "deck")


def key(text):
    return "".join(text.split()).replace("⏎", "")


def known(article):
    """The roles of every text that may come out as a unit of its own: whole units, and runs of headline parts."""
    out, run, resume, prev = {}, [], "", None
    for u in article["units"] + [{"role": "", "text": ""}]:
        role, text = u["role"], u["text"].replace("|", "")
        if role in DISPLAY:
            run += [(role, p) for p in text.split("/")]
            continue
        if run:
            for i in range(len(run)):
                for j in range(i + 1, len(run) + 1):
                    out.setdefault(key("".join(p for _, p in run[i:j])), "⏎".join(r for r, _ in run[i:j]))
            run = []
        if role == "resume":
            resume = text
        if role == "jump" and prev:
            out[key(prev[1] + text)] = prev[0] + "⏎jump"
            out.setdefault(key(text), "jump")
        elif role:
            if resume and role != "resume":
                out[key(resume + text)] = "resume⏎" + role
                resume = ""
            out.setdefault(key(text), role)
        prev = (role, text)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("split")
    ap.add_argument("folder", nargs="?", type=pathlib.Path)
    ap.add_argument("--articles", type=pathlib.Path, help="JSON file of articles (default: articles/SPLIT.json here)")
    ap.add_argument("--verbose", action="store_true", help="print each unit whose role is not known")
    a = ap.parse_args()
    root = a.folder or HERE / a.split
    articles = json.load(open(a.articles or HERE / "articles" / f"{a.split}.json", encoding="utf-8"))
    roles_of = {x["id"]: known(x) for x in articles}
    units = unknown = 0
    for page in json.load(open(root / "index.json", encoding="utf-8")):
        roles = {}
        for i in page["articles"]:
            roles.update({k: v for k, v in roles_of[i].items() if k not in roles})
        base = root / "pages" / page["id"]
        lines = []
        for gold in base.with_name(base.name + ".gold.txt").read_text(encoding="utf-8").split("\n"):
            if not gold.strip():
                continue
            units += 1
            role = "furniture" if gold.startswith("?") else roles.get(key(gold), "?")
            if role == "?":
                unknown += 1
                if a.verbose:
                    print(page["id"], gold[:60])
            lines.append(role)
        base.with_name(base.name + ".roles.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{a.split}: {units} units, {unknown} without a role")


if __name__ == "__main__":
    main()
