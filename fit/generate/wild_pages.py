#!/usr/bin/env python3
"""Make training pages of kinds that the bench does not have.

    wild_pages.py ARTICLES.json... --out FOLDER [--seed N] [--pages N]

The kinds are: books with running heads and folios, magazines with text around pictures, hard-wrapped e-texts, scans that
lose the last stop of a paragraph or tear a mark from its line, reports with chart axes. Each page draws its own habits.
The articles are those of the bench or of block_articles.py. `fit` reads the folder as a set of pages.
"""
import argparse
import json
import pathlib
import random
import re

OPENING, CLOSING = "“‘「『（《【〔(", "，。、；：！？”’」』）》】〕％%…,.!?;:)"
DISPLAY = ("kicker", "headline", "deck")


def width(s):
    """Width in half-widths, as far as a text layer shows it."""
    return sum(1 if ord(c) < 0x2000 else 2 for c in s)


def pieces(text, cut):
    """The pieces that a line break may separate. A scanner that cuts anywhere (`cut`) separates characters."""
    return list(text) if cut else re.findall(r"[A-Za-z0-9][A-Za-z0-9.,:/@_%+-]*|——|……|.", text)


class Column:
    """Sets text in lines; the measure may change from line to line."""

    def __init__(self, rng, measures, kinsoku, cut):
        self.rng, self.measures, self.kinsoku, self.cut, self.n = rng, measures, kinsoku, cut, 0

    def room(self):
        run, steps = self.measures
        self.n += 1
        return 2 * steps[(self.n - 1) // run % len(steps)]

    def set(self, text, indent=0):
        lines, line, room = [], [], self.room() - indent
        for t in pieces(text, self.cut and self.rng.random() < 0.5):
            if t == " " and not line:
                continue
            if line and sum(map(width, line)) + width(t) > room:
                carry = []
                if self.kinsoku:
                    if t[0] in CLOSING and sum(map(width, line)) + width(t) <= room + 2 and self.rng.random() < 0.5:
                        line.append(t)
                        continue
                    while len(line) > 2 and ((carry or [t])[0][0] in CLOSING or line[-1] in OPENING):
                        carry.insert(0, line.pop())
                lines.append("".join(line).rstrip())
                line, room = carry + ([] if t == " " and not carry else [t]), self.room()
            else:
                line.append(t)
        return lines + (["".join(line)] if line else [])


def texts(article):
    """Role and text of each unit of an article; each part of a headline block by itself."""
    for u in article["units"]:
        text = u.get("text", "").replace("|", "")
        if u["role"] in DISPLAY:
            for part in text.split("/"):
                yield u["role"], part
        elif text:
            yield u["role"], text.replace("/", "")


def page(rng, articles):
    """One page: raw text, gold, roles and kind."""
    kind = rng.choice(["column", "column", "picture", "book", "book", "etext", "report"])
    narrow = {"column": (10, 30), "picture": (16, 36), "book": (22, 38), "etext": (30, 42), "report": (26, 44)}[kind]
    m = rng.randint(*narrow)
    steps, run = [m], 1
    if kind == "picture":
        steps, run = [m] + [max(9, round(m * rng.uniform(0.4, 1.1))) for _ in range(rng.randint(1, 3))], rng.randint(3, 9)
    col = Column(rng, (run, steps), rng.random() < 0.6, rng.random() < 0.5)
    indent = rng.choice(["", "", "lost", "lost", "\u3000\u3000", "    ", "  "])
    lost = rng.choice([0, 0.05, 0.25, 0.4])
    torn = rng.choice([0, 0, 0.1]) if kind != "book" else 0
    long = rng.random() < 0.3  # several paragraphs of the article set as one
    strewn, behind = rng.choice([0, 0, 0.03, 0.1]), rng.choice([0, 0, 0, 0.3, 1])
    blank = rng.choice(["none", "none", "random", "each", "block", "unit"])
    heads = rng.random() < 0.8
    bare = kind == "column" and rng.random() < 0.12  # old prose without marks
    units = []  # (role, gold, lines)
    for a in articles:
        paras = [[r, t] for r, t in texts(a)]
        if long:
            merged = []
            for r, t in paras:
                if r == "para" and merged and merged[-1][0] == "para" and len(merged[-1][1]) < 300 and rng.random() < 0.6:
                    merged[-1][1] += t
                else:
                    merged.append([r, t])
            paras = merged
        for r, t in paras:
            if r in ("para", "caption", "resume"):
                if lost and len(t) > 40 and rng.random() < lost:
                    t = re.sub(r"[。！？](?=[”’」』）]*$)", "", t)
                if bare:
                    t = re.sub(r"[，。、；：！？“”‘’《》（）—…·%A-Za-z0-9 .]", "", t)
                    if not t:
                        continue
                lines = col.set(t, {"lost": 4}.get(indent, width(indent)) if r == "para" else 0)
                if r == "para" and indent != "lost":
                    lines[0] = indent + lines[0]
                units.append((r, t, lines))
            elif heads or r not in DISPLAY:
                lines = col.set(t) if r in ("short", "sign", "byline", "subhead") and width(t) > 2 * max(steps) else [t]
                units.append((r, t, lines))
        if rng.random() < 0.25:
            units += slogans(rng, paras)
        if kind == "report" and rng.random() < 0.7:
            units += figures(rng)
    if kind == "book" or rng.random() < 0.15:
        units = furnished(rng, units)
    out = []
    for n, (role, gold, lines) in enumerate(units):
        for k, line in enumerate(lines):
            parts = [line]
            if torn and role == "para" and len(line) > 8 and line[-1] in "。，”“—" and rng.random() < torn:
                parts = [line[:-1], line[-1]]
            for j, part in enumerate(parts):
                if out and (
                    blank == "each"
                    or blank == "random" and rng.random() < 0.15
                    or j == k == 0 and (blank == "unit" or blank == "block" and role in DISPLAY)
                ):
                    out.append("")
                out.append(strew(rng, part, strewn, behind) if len(lines) > 1 else part)
    gold = [("?" if r == "furniture" else "") + t for r, t, _ in units]
    return "\n".join(out) + "\n", "\n".join(gold) + "\n", "\n".join(r for r, _, _ in units) + "\n", kind


def strew(rng, line, inside, behind):
    """Adds spaces where text layers have them: inside words (`inside`), and after marks (`behind`), by probability."""
    def space(a, b):
        if all("\u4e00" <= c <= "\u9fff" for c in (a, b)):
            return rng.random() < inside
        return a in "，。、；：" and b not in CLOSING and rng.random() < behind

    return "".join(a + (" " if space(a, b) else "") for a, b in zip(line, line[1:])) + line[-1:]


def slogans(rng, paras):
    """Short sentences, one per line, some without their stop, as on broadsides and posters."""
    clauses = [c for r, t in paras if r == "para" for c in re.findall(r"[^。！？，；：“”（）]{4,14}[，。！]", t)]
    out = []
    for _ in range(min(rng.randint(2, 6), len(clauses))):
        t = rng.choice(clauses)
        if rng.random() < 0.3:
            t = t[:-1] + "，" + rng.choice(clauses)
        t = t[:-1] + rng.choice(["", "！", "！", "。"])
        if t[:-1] not in "".join(g for _, g, _ in out):
            out.append(("short", t, [t]))
    return out


def figures(rng):
    """The axes of a chart or a table, one value per line."""
    if rng.random() < 0.5:
        step = rng.choice([2, 5, 10, 25, 100])
        values = [str(step * k) for k in range(rng.randint(4, 8))]
        values = (values[::-1] if rng.random() < 0.5 else values) + [
            str(y) + rng.choice(["", "年"]) for y in range(2008, 2008 + rng.randint(3, 7))
        ]
    else:
        names = rng.sample(["一季度", "二季度", "三季度", "四季度", "合计", "东片", "西片", "南片", "北片", "城区"], 4)
        values = ["项目", "数量", "占比"]
        for name in names:
            values += [name, str(rng.randint(1, 9999)), f"{rng.randint(1, 99)}.{rng.randint(0, 9)}%"]
    return [("row", v, [v]) for v in values]


def furnished(rng, units):
    """Adds running heads and folios between the lines of units; a unit that they cut becomes two."""
    every, folio = rng.randint(14, 34), rng.randint(1, 400)
    head = "".join(rng.sample("山川湖海风物人情旧事新声春秋纪行渡口灯火", rng.randint(3, 6)))
    head = rng.choice(["", f"第{rng.choice('一二三四五六七八')}章 ", f"卷{rng.choice('上中下')} "]) + head
    form = rng.choice(["{n}", "- {n} -", "· {n} ·", "— {n} —", "{head}|{n}", "{n}|{head}", "{n} {head}", "{head} {n}", "{head}"])
    out, since = [], rng.randint(0, every)
    for role, gold, lines in units:
        rest = []
        for line in lines:
            if since >= every:
                if rest:
                    ink = sum(not c.isspace() for c in "".join(rest))
                    at = next(k for k in range(len(gold) + 1) if sum(not c.isspace() for c in gold[:k]) == ink)
                    out.append((role, gold[:at].strip(), rest))
                    gold, rest = gold[at:].strip(), []
                for part in form.format(n=folio, head=head).split("|"):
                    out.append(("furniture", part, [part]))
                folio, since = folio + 1, 0
            rest.append(line)
            since += 1
        if rest:
            out.append((role, gold, rest))
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("articles", nargs="+")
    ap.add_argument("--out", required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--pages", type=int, default=120)
    a = ap.parse_args()
    folder = pathlib.Path(a.out) / "pages" / "wild"
    folder.mkdir(parents=True, exist_ok=True)
    pools = [json.load(open(f, encoding="utf-8")) for f in a.articles]
    index = []
    for n in range(a.pages):
        rng = random.Random(f"{a.seed}/{n}")
        pool = pools[n % len(pools)]
        raw, gold, roles, kind = page(rng, rng.sample(pool, min(len(pool), rng.randint(2, 4))))
        for ext, text in (("raw", raw), ("gold", gold), ("roles", roles)):
            (folder / f"{n:03d}.{ext}.txt").write_text(text, encoding="utf-8")
        index.append({"id": f"wild/{n:03d}", "channel": "wild", "features": [kind], "hard_breaks": 0, "fold": False})
    (pathlib.Path(a.out) / "index.json").write_text(json.dumps(index, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
