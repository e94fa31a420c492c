"""How scanners and extractors set and damage text: lines of a measure that changes or lies, torn and cut lines, lost glyphs,
blank lines, furniture inside paragraphs."""
import re

OPENING, CLOSING = "“‘「『（《【〔(", "，。、；：！？”’」』）》】〕％%…,.!?;:)"
STOPS = "。！？"
NOISE = "乂彐廾卩弋夬艹亍丨冫攵彳宀#*+;:.·~_|=^长大天人小一二三"


def width(s):
    """Width in half-widths, as far as a text layer shows it."""
    return sum(1 if ord(c) < 0x2000 else 2 for c in s)


def tokens(text, cut):
    """The pieces that a line break may separate. A scanner that cuts anywhere (`cut`) separates characters."""
    return list(text) if cut else re.findall(r"[A-Za-z0-9][A-Za-z0-9.,:/@_%+-]*|——|……|.", text)


class Habits:
    """What one page does to all its lines."""

    def __init__(self, rng, channel):
        odds = lambda p: rng.random() < p
        self.rng, self.channel = rng, channel
        ocr = channel in ("ocr", "scan", "upright")
        self.kinsoku = channel != "upright" and odds(0.75)
        self.cut = odds(0.3) or ocr and odds(0.5)
        self.indent = {
            "ocr": ["lost", "lost", "lost", ""], "scan": ["lost", "lost", "", "  "], "upright": ["lost", "lost", ""],
            "etext": ["", "　　", "    ", "  "], "raw": ["lost", "lost", ""], "layer": ["lost", "lost", "", "　　"],
            "torn": ["lost", "lost", ""], "plain": ["lost", "", "　　", "    "],
        }[channel]
        self.indent = rng.choice(self.indent)
        self.jitter = rng.choice([0, 0, 1, 2, 4]) if ocr else rng.choice([0, 0, 0, 1, 2])
        self.lost = rng.choice([0, 0.03, 0.1, 0.2, 0.35]) if ocr else rng.choice([0, 0, 0, 0.02])
        self.lost_stop = rng.choice([0, 0, 0.1, 0.3]) if ocr else 0
        self.misread = rng.choice([0, 0, 0.01, 0.03, 0.08]) if ocr else 0
        self.dots = ocr and odds(0.12)  # commas and stops read as middle dots
        self.noise = rng.choice([0, 0, 0, 0.03, 0.1]) if ocr else 0
        self.tear = {"torn": rng.choice([0.04, 0.1, 0.3, 0.6]), "ocr": rng.choice([0, 0, 0.02, 0.08])}.get(channel, 0)
        self.gap = " " if channel == "torn" and odds(0.3) else ""  # a torn piece keeps the space before it
        self.last_apart = rng.choice([0, 0.1, 0.4]) if channel == "upright" else 0
        self.after_mark = rng.choice([0.9, 0.97, 1]) if channel == "raw" else 0
        self.marks = rng.choice(["，。、；：！？”）", "，。、；：！？", "，。、；：！？”）》·", "，。、；：！？“”（）《》·"])
        self.blank = {
            "etext": ["unit", "unit", "unit", "none", "group"], "scan": ["scan", "scan", "scan", "scan", "each", "none"],
            "plain": ["none", "none", "unit", "random", "each"], "layer": ["none", "none", "none", "group", "scan"],
        }.get(channel, ["none"])
        self.blank = rng.choice(self.blank)
        self.half = odds(0.07)
        self.corner = odds(0.12)
        # The measure changes inside a paragraph; text layers of books and reports have one.
        self.changes = odds(0.06 if channel in ("raw", "torn") else 0.3)
        self.drop_cap = odds(0.15)
        self.upright_heads = odds(0.1)  # headlines set from top to bottom, one glyph a line
        self.interrupted = rng.choice([0, 0, 0, 0.15, 0.4])
        self.hang = odds(0.3)

    def measures(self):
        """A measure in em, or several that take turns after so many lines."""
        rng = self.rng
        low, high = {
            "ocr": (8, 32), "scan": (10, 34), "upright": (8, 26), "etext": (28, 42), "raw": (18, 48), "layer": (14, 50),
            "torn": (16, 48), "plain": (8, 40),
        }[self.channel]
        m = rng.randint(low, high)
        if rng.random() < 0.12 and self.channel != "etext":
            m = rng.randint(44, 76)
        if self.changes:
            return [m] + [max(6, round(m * rng.uniform(0.35, 1.6))) for _ in range(rng.randint(1, 3))], rng.randint(2, 9)
        return [m], 1


class Setter:
    """Sets units in lines."""

    def __init__(self, habits):
        self.h, self.rng = habits, habits.rng
        (self.steps, self.run), self.n = habits.measures(), 0

    def room(self):
        self.n += 1
        m = 2 * self.steps[(self.n - 1) // self.run % len(self.steps)]
        j = self.h.jitter
        return max(8, m - (self.rng.randint(0, j) if j else 0))

    def wrap(self, text, first=0, hang=0):
        lines, line, room = [], [], self.room() - first
        for t in tokens(text, self.h.cut and self.rng.random() < 0.5):
            if t in " 　" and not line and lines:
                continue
            if line and sum(map(width, line)) + width(t) > room:
                carry = []
                if self.h.kinsoku:
                    if t[0] in CLOSING and sum(map(width, line)) + width(t) <= room + 2 and self.rng.random() < 0.5:
                        line.append(t)
                        continue
                    while len(line) > 2 and ((carry or [t])[0][0] in CLOSING or line[-1] in OPENING):
                        carry.insert(0, line.pop())
                lines.append("".join(line).rstrip())
                line, room = carry + ([] if t in " 　" and not carry else [t]), self.room() - hang
            else:
                line.append(t)
        return lines + (["".join(line).rstrip()] if line else [])

    def part(self, unit, text):
        """The lines of one part of a unit."""
        if unit.role == "para":
            lines = self.paragraph(unit, text)
        elif unit.role == "headline" and self.h.upright_heads and len(text) <= 10:
            lines = list(text)
        elif unit.role == "subhead":
            narrow = self.rng.choice([1, 1, 0.7]) * max(self.steps)
            lines = [text[k : k + round(narrow)] for k in range(0, len(text), round(narrow))]
        elif unit.line or unit.role in ("headline", "kicker", "furniture", "verse"):
            wide = 2 * max(self.steps) * self.rng.choice([1, 1.5, 3])
            lines = [text] if unit.role != "headline" or width(text) <= wide else self.halves(text)
        else:
            hang = 2 if self.h.hang and unit.role in ("row", "short", "contents") else 0
            lines = self.wrap(text, 0, hang)
        return lines

    def halves(self, text):
        at = len(text) // 2 + self.rng.randint(-2, 2)
        return [x for x in (text[:at], text[at:]) if x]

    def paragraph(self, unit, text):
        indent = self.h.indent if unit.indent else ""
        if self.h.drop_cap and self.rng.random() < 0.3 and len(text) > 60:
            self.h.drop_cap = False
            size = self.rng.choice([4, 6])
            body = self.wrap(text[1:], size, 0)
            return [text[0]] + body
        lines = self.wrap(text, {"lost": 4}.get(indent, width(indent)))
        if lines and indent != "lost":
            lines[0] = indent + lines[0]
        return lines


def misread(h, line):
    """A line as a scanner reads it."""
    rng = h.rng
    line = re.sub("——?$", lambda m: rng.choice(["一", "—", m[0]]), line) if h.misread else line
    if h.dots:
        line = "".join("·" if c in "，。、" and rng.random() < 0.9 else c for c in line)
    if h.misread:
        line = "".join(rng.choice(NOISE[:6] + line) if "\u4e00" <= c <= "\u9fff" and rng.random() < h.misread else c for c in line)
    return line


def lose(h, line):
    """A line that lost glyphs at its end or its beginning."""
    rng = h.rng
    if len(line) > 5 and rng.random() < h.lost:
        most = 0.6 if rng.random() < 0.12 else 0.25  # a fifth of the lines of real scans lack up to a quarter
        count = max(1, round(len(line) * rng.uniform(0.02, most)))
        line = line[count:] if rng.random() < 0.3 else line[:-count]
    return line


def torn(h, line):
    """The pieces in which a line arrives."""
    rng = h.rng
    if h.after_mark:
        pieces = [""]
        for a, b in zip(line, line[1:] + "\0"):
            pieces[-1] += a
            if a in h.marks and b not in CLOSING and b != "\0" and rng.random() < h.after_mark or a == b == "—":
                pieces.append("")
        return [x.strip() for x in pieces if x.strip()]
    if h.last_apart and len(line) > 6 and rng.random() < h.last_apart:
        return [line[:-1], line[-1]]
    if h.tear and len(line) > 5 and rng.random() < h.tear:
        cuts = lambda a, b: b in "“「《①②③④（" or a in "”“」》·—" or a.isascii() != b.isascii()
        marks = [k for k in range(1, len(line)) if cuts(line[k - 1], line[k])]
        at = rng.choice(marks) if marks and rng.random() < 0.7 else rng.randint(1, len(line) - 1)
        first, rest = line[:at].strip(), line[at:].strip()
        return [first, h.gap + rest] if first and rest else [line]
    return [line]


def spelled(h, text):
    """The text in the marks that the page has."""
    if h.corner:
        text = text.translate(str.maketrans("“”‘’", "「」『』"))
    if h.half:
        text = text.translate(str.maketrans("，；：！？（）", ",;:!?()"))
    return text


def set_unit(setter, unit):
    """The lines of each part of a unit, as the page shows them."""
    h = setter.h
    parts = []
    for text in unit.parts:
        text = spelled(h, text)
        if unit.role in ("para", "caption") and h.lost_stop and len(text) > 20 and h.rng.random() < h.lost_stop:
            text = text.rstrip("。！？")
        lines = setter.part(unit, text)
        if len(lines) > 1 or unit.role == "para":
            lines = [lose(h, line) if len(lines) > 1 else line for line in lines]
            lines = [piece for line in lines for piece in torn(h, line)]
        lines = [misread(h, line) for line in lines]
        if unit.role in ("headline", "subhead") and len(lines) > 1 and max(map(len, lines)) > 1:
            parts += [[line] for line in lines if line.strip()]
        else:
            parts.append([line for line in lines if line.strip()])
    return [lines for lines in parts if lines]


def furniture(h):
    """A line that interrupts a text: a folio, show-through."""
    rng, n = h.rng, h.rng.randint(1, 400)
    if h.noise and rng.random() < 0.7:
        return "".join(rng.choice(NOISE) for _ in range(rng.randint(1, 6)))
    return rng.choice(["{n}", "- {n} -", "—{n}—", "· {n} ·", "第{n}页", "第 {n} 页", "第{n}页 共400页", "{n}/400", "Page {n}", "P{n}", "――{n}――", "〔{n}〕"]).format(n=n)


def interrupted(h, units):
    """Units that others cut: (role, parts) in; the halves of a cut unit are units of their own."""
    rng, out = h.rng, []
    for k, (role, parts) in enumerate(units):
        lines = parts[0]
        if role == "para" and len(lines) > 3 and rng.random() < h.interrupted + h.noise:
            at = rng.randint(1, len(lines) - 1)
            other = rng.random()
            if h.noise or other < 0.5:
                between = ("furniture", [[furniture(h)]])
            else:
                short = [u for u in units if u[0] in ("headline", "caption", "short", "row", "subhead") and len(u[1]) == 1]
                between = rng.choice(short) if short else ("furniture", [[furniture(h)]])
            out += [(role, [lines[:at]]), between, (role, [lines[at:]])]
        else:
            out.append((role, parts))
    return out


def blank_before(h, new_unit, new_part, above, role, role_above):
    """Whether a blank line stands before a line."""
    rng = h.rng
    if h.blank == "each":
        return True
    if h.blank == "random":
        return rng.random() < 0.15
    if h.blank == "unit":
        return new_unit and (role == "para" or role_above == "para" or rng.random() < 0.5)
    if h.blank == "group":
        return new_unit and role != role_above
    if h.blank == "scan":
        if not new_unit:
            return rng.random() < (0.3 if new_part else 0.025)
        short = len(above) < 12
        return rng.random() < (0.97 if short else 0.93 if above[-1] in STOPS + "”）" else 0.7)
    return False
