"""What an example of the library prints of each break of the pages of a layout bench, beside the gold of the page."""
import json
import subprocess
import sys

# How much a break of a format counts: formats of few pages count more.
FORMATS = {"bbox-layout": 0.6, "pymupdf": 0.6, "hocr": 1.0, "rapidocr": 2.0}


class Page:
    """A page in one format, as the gold knows it."""

    def __init__(self, folder, entry, name, family):
        self.design, self.format = entry["design"], name
        # For each line of the file, where its first character stands among those of the page; -1 where it does not.
        self.rank = list(map(int, (folder / f"{family}.rank.txt").read_text().split()))
        # For each character of the page in reading order, its unit and its part of the unit.
        self.units = []
        for unit, line in enumerate((folder / "print.order.txt").read_text(encoding="utf-8").split("\n")):
            for part, text in enumerate(line.lstrip("?").split("⏎")):
                self.units += [(unit, part)] * len("".join(text.split()))

    def joined(self, above, below, in_one_unit):
        """Whether the gold joins two lines; None where it allows both. A line that was not read is missed by nobody.
        `in_one_unit` judges two places of one unit."""
        at, to = self.rank[above], self.rank[below]
        if at < 0 or to < 0:
            return False
        if max(at, to) >= len(self.units):
            return None
        if self.units[at] == self.units[to]:
            return in_one_unit(at, to)
        return None if self.units[at][0] == self.units[to][0] else False


def breaks(binary, root, readers):
    """(page, line above, line below, what else the binary prints) of each break, in the order that the library finds and in
    the true order of the gold."""
    for entry in json.loads((root / "index.json").read_text(encoding="utf-8")):
        folder = root / "pages" / entry["id"]
        for name in (name for name in FORMATS if name in entry["formats"]):
            file, _, family = readers[name]
            page = Page(folder, entry, name, family)
            for order in ([], [folder / f"{family}.rank.txt"]):
                run = subprocess.run([binary, folder / file, *order], capture_output=True, text=True)
                if run.returncode:
                    print("left out:", entry["id"], name, run.stderr.strip().split("\n")[-1][:100], file=sys.stderr)
                    continue
                for line in run.stdout.splitlines():
                    above, below, *rest = line.split("\t")
                    if max(int(above), int(below)) < len(page.rank):
                        yield page, int(above), int(below), rest
