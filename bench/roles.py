#!/usr/bin/env python3
"""How well the tool tells the roles of units, and which of them are one article, on pages that nothing was fitted on.

    bench/roles.py BINARY                   the pages of bench/genres
    bench/roles.py BINARY --pages DIR       those of the folders of DIR
    bench/roles.py BINARY --show            also each unit with another role, and each article that is not found exactly

A page is a folder with raw.txt, gold.txt, roles.txt (the role of each line of the gold, as in bench/pages) and articles.txt (the number
of the article of each line; 0 where it is in none). BINARY cleans raw.txt with `--format json`.

A unit of the output takes the role and the article of the line of the gold with which it has most characters in common, if that is
four fifths of its characters; other units are not judged, because their breaks are wrong. `heads` are headlines, kickers, decks and
subheads together, against all other roles: they make the headings of Markdown and the titles of articles. Kicker, headline and deck
count as one role. Articles are judged by pairs of units, and by how many are exactly right, furniture aside.
"""

import argparse
import collections
import difflib
import json
import pathlib
import subprocess
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
GOLD = {"para": "text", "headline": "head", "kicker": "head", "deck": "head", "short": "notice", "contents": "index", "sign": "signature",
        "resume": "jump"}
FOUND = {"body": "text", "dateline": "text", "unknown": "text", "headline": "head", "kicker": "head", "deck": "head", "masthead": "furniture",
         "folio": "furniture", "editors": "furniture", "credit": "caption", "resume": "jump", "noise": "furniture"}
HEADS = {"head", "subhead"}


def key(text):
    """A text without white space, the widths of its characters and the direction of quotes."""
    text = unicodedata.normalize("NFKC", text).replace("⏎", "")
    return "".join('"' if c in "“”" else "'" if c in "‘’" else c for c in text if not c.isspace())


def load(folder):
    """The lines of the gold of a page: key, roles, article."""
    lines = [line for line in (folder / "gold.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    roles = [line for line in (folder / "roles.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [int(line) for line in (folder / "articles.txt").read_text(encoding="utf-8").split()]
    assert len(lines) == len(roles) == len(articles), folder
    return [(key(line.removeprefix("?")), role.split("⏎"), article) for line, role, article in zip(lines, roles, articles)]


def units_of(binary, folder):
    """The units of a page as the tool finds them: key, role, number of the article."""
    done = subprocess.run([binary, "--format", "json", folder / "raw.txt"], check=True, capture_output=True)
    units = []
    for page in json.loads(done.stdout)["pages"]:
        article = {u: n for n, a in enumerate(page.get("articles", []), 1) for u in a["headline"] + a["body"]}
        units += [(key(u["text"]), FOUND.get(u["role"], u["role"]), article.get(u["id"], -u["id"])) for u in page["units"]]
    return units


def paired(gold, units):
    """For each unit the line of the gold that most of its characters are of, if these are four fifths of them."""
    left, right = "".join(line[0] for line in gold), "".join(unit[0] for unit in units)
    of_gold = [n for n, line in enumerate(gold) for _ in line[0]]
    of_unit = [n for n, unit in enumerate(units) for _ in unit[0]]
    common = collections.Counter()
    for a, b, size in difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        common.update((of_unit[b + k], of_gold[a + k]) for k in range(size))
    best = {}
    for (unit, line), count in common.items():
        if count > best.get(unit, (0, 0))[0]:
            best[unit] = (count, line)
    return {unit: line for unit, (count, line) in best.items() if count * 5 >= len(units[unit][0]) * 4}


def judge(gold, units, counts, articles, told):
    lines = paired(gold, units)
    for unit, line in lines.items():
        roles = {GOLD.get(role, role) for role in gold[line][1]}
        if len(roles) > 1 or "?" in roles:
            continue
        role, found = roles.pop(), units[unit][1]
        counts[role, found] += 1
        if role != found:
            told.append(f"{'/'.join(gold[line][1])} → {found}: {units[unit][0][:40]}")
    known = [(gold[line][2], units[unit][2]) for unit, line in sorted(lines.items()) if gold[line][2]]
    for n, a in enumerate(known):
        for b in known[n + 1:]:
            articles["gold"] += a[0] == b[0]
            articles["found"] += a[1] == b[1]
            articles["both"] += a == b
    for article in {a for a, _ in known}:
        found = {b for a, b in known if a == article}
        exact = len(found) == 1 and all(a == article for a, b in known if b in found)
        articles["all"] += 1
        articles["exact"] += exact
        if not exact:
            first = next(text for text, _, number in gold if number == article)
            told.append(f"article not exact: {first[:30]}: {[b for a, b in known if a == article]}")


def f1(right, found, gold):
    return 2 * right / (found + gold) if found + gold else 0.0


def report(counts, articles):
    right = sum(n for (gold, found), n in counts.items() if gold == found)
    print(f"{'role':<10} units      P      R     F1")
    for role in sorted({gold for gold, _ in counts}) + ["heads"]:
        of = HEADS if role == "heads" else {role}
        gold = sum(n for (g, _), n in counts.items() if g in of)
        found = sum(n for (_, f), n in counts.items() if f in of)
        both = sum(n for (g, f), n in counts.items() if g in of and f in of)
        print(f"{role:<10} {gold:>5}  {both / max(found, 1):.3f}  {both / max(gold, 1):.3f}  {f1(both, found, gold):.3f}")
    print(f"right      {sum(counts.values()):>5}  {right / max(sum(counts.values()), 1):.3f}")
    pairs = f1(articles["both"], articles["found"], articles["gold"])
    print(f"articles: {articles['exact']} of {articles['all']} exactly; pairs of units F1 {pairs:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--pages", type=pathlib.Path, default=HERE / "genres")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    counts, articles = collections.Counter(), collections.Counter()
    for folder in sorted(path.parent for path in options.pages.glob("*/roles.txt")):
        told = []
        judge(load(folder), units_of(options.binary, folder), counts, articles, told)
        if options.show:
            for line in told:
                print(f"{folder.name}: {line}")
    report(counts, articles)


if __name__ == "__main__":
    main()
