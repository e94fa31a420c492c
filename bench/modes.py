#!/usr/bin/env python3
"""What each mode costs: CPU time beside the default, rate, peak memory. A Markdown table.

    bench/modes.py BINARY                       all modes and the anchors
    bench/modes.py BINARY --modes text,json     these only
    bench/modes.py BINARY --corpus DIR          pages that bench/corpus made before, instead of making some
    bench/modes.py BINARY --mb 10 40            peak memory at these sizes (default 10 40 160)

The input is the distinct pages of bench/corpus, parted by form feeds; beyond their size they repeat. All runs have `--jobs 1`
and write to a file system in memory where there is one. CPU time is user and system time of the process, on 10 MB: each
round runs a mode right behind the default, and the ratio is taken inside the round; of the rounds the median is told. The
rate is bytes of input by the least CPU time. Peak memory is the resident set, and never less than the 9 MB of the small
process that starts the tool and waits for it. `wc -m`, `iconv` and `sed` read the same file.
"""

import argparse
import html
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MB = 1_000_000
# Options of each mode, and the input that it reads. The first is what the others are compared with.
MODES = {
    "text": ([], "pages.txt"),
    "from GB18030": ([], "pages.gb18030"),
    "markdown": (["--format", "markdown"], "pages.txt"),
    "json": (["--format", "json"], "pages.txt"),
    "csv": (["--format", "csv"], "pages.txt"),
    "sentences": (["--split", "sentence"], "pages.txt"),
    "reading order": (["--order", "reading"], "pages.txt"),
    "without furniture": (["--furniture", "drop"], "pages.txt"),
    "uncertain": (["--uncertain"], "pages.txt"),
    "ledger": (["--ledger", "ledger.jsonl"], "pages.txt"),
    "diff": (["--diff"], "pages.txt"),
    "explain": (["--explain"], "pages.txt"),
    "report": (["--report", "report.html"], "pages.txt"),
    "issue": (["--issue"], "pages.txt"),
    "follow jumps": (["--follow-jumps"], "pages.txt"),
    "jsonl": (["--jsonl", "--field", "text"], "records.jsonl"),
    "jsonl quiet": (["--jsonl", "--field", "text", "-q"], "records.jsonl"),
    "jsonl quality": (["--jsonl", "--field", "text", "--add", "quality"], "records.jsonl"),
    "jsonl units": (["--jsonl", "--field", "text", "--add", "units"], "records.jsonl"),
    "layout": ([], "layout.html"),
}
ANCHORS = {
    "`wc -m`": ["wc", "-m"],
    "`iconv -t gb18030`": ["iconv", "-f", "utf-8", "-t", "gb18030"],
    "`sed 's/ //g'`": ["sed", "s/ //g"],
}
# What the kernel tells of a child is never less than the size of its parent, and this script holds all pages.
METER = """import os, sys
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, file=sys.stderr)
"""
# MB of text: a report of more takes minutes, and a larger layout is refused.
LARGEST = {"report": 10, "layout": 40}


def corpus(folder, pages):
    """Distinct pages, as bytes."""
    subprocess.run([sys.executable, ROOT / "bench" / "corpus", "--out", folder, "--pages", str(pages)], check=True,
                   stdout=subprocess.DEVNULL)
    return read(folder)


def read(folder):
    return [file.read_bytes() for file in sorted(pathlib.Path(folder).rglob("*.txt"))]


def filled(pages, size):
    """The pages again and again, up to a size in bytes of their text."""
    chosen, bytes_ = [], 0
    while bytes_ < size:
        chosen.append(pages[len(chosen) % len(pages)])
        bytes_ += len(chosen[-1]) + 1
    return chosen


def decoded(page):
    return page.decode("utf-8", "replace")


def as_layout(text):
    """A page of `pdftotext -bbox-layout`: a line of the text is a line of the page, ten points for a character."""
    lines = []
    for n, line in enumerate(filter(str.strip, text.splitlines())):
        box = f'xMin="10" yMin="{10 + 14 * n}" xMax="{10 + 10 * len(line)}" yMax="{20 + 14 * n}"'
        lines.append(f"<line {box}><word {box}>{html.escape(line)}</word></line>")
    height = 40 + 14 * len(lines)
    inside = "\n".join(lines)
    return f'<page width="600" height="{height}"><flow><block>{inside}</block></flow></page>\n'


def write_inputs(folder, pages, wanted):
    """Writes the inputs that the modes read; returns their sizes in bytes."""
    made = {
        "pages.txt": lambda: b"\f".join(pages),
        "pages.gb18030": lambda: b"\f".join(decoded(page).encode("gb18030") for page in pages),
        "records.jsonl": lambda: "".join(
            json.dumps({"text": decoded(page)}, ensure_ascii=False) + "\n" for page in pages).encode(),
        "layout.html": lambda: ("<html><body><doc>\n" + "".join(
            as_layout(decoded(page)) for page in pages) + "</doc></body></html>\n").encode(),
    }
    for name in wanted:
        (folder / name).write_bytes(made[name]())
    return {name: (folder / name).stat().st_size for name in wanted}


def run(command, folder):
    """CPU seconds and peak MB of a command."""
    with open(folder / "out", "wb") as out:
        done = subprocess.run([sys.executable, "-I", "-S", "-c", METER, *command], cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=out, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    status, seconds, peak = done.stderr.splitlines()[-1].split()
    if status != "0":
        sys.exit(f"modes: status {status}: {command}\n{done.stderr}")
    return float(seconds), int(peak) / MB


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--mb", type=int, nargs="+", default=[10, 40, 160])
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    modes = args.modes.split(",")
    memory = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="qingyang-modes-", dir=memory) as name:
        folder = pathlib.Path(name)
        pages = read(args.corpus) if args.corpus else corpus(folder / "corpus", 1700)
        shutil.rmtree(folder / "corpus", ignore_errors=True)
        binary = args.binary.resolve()
        commands = {mode: ([binary, "-j", "1", *MODES[mode][0], MODES[mode][1]], MODES[mode][1]) for mode in modes}
        if args.modes == parser.get_default("modes"):
            commands |= {anchor: ([*command, "pages.txt"], "pages.txt") for anchor, command in ANCHORS.items()}
        rows = {mode: [] for mode in commands}
        inputs = sorted({file for _, file in commands.values()} | {"pages.txt"})
        for mb in args.mb:
            sizes = write_inputs(folder, filled(pages, mb * MB), inputs)
            for mode, (command, file) in commands.items():
                if mb == args.mb[0]:
                    rows[mode] += timed(command, [binary, "-j", "1", "pages.txt"], folder, sizes[file], args.rounds)
                peak = None if mb > LARGEST.get(mode, mb) else run(command, folder)[1]
                rows[mode].append("–" if peak is None else f"{peak:.0f}")
    peaks = " | ".join(f"peak MB at {mb} MB" for mb in args.mb)
    print(f"| mode | CPU beside text | MB/s | {peaks} |\n|---|--:|--:|" + "--:|" * len(args.mb))
    for mode, row in rows.items():
        print(f"| {mode} | {' | '.join(row)} |")


def timed(command, text, folder, size, rounds):
    """The ratio of its CPU time to that of the default, and its rate."""
    ratios, least = [], float("inf")
    for _ in range(rounds):
        base = run(text, folder)[0]
        own = run(command, folder)[0]
        ratios.append(own / base)
        least = min(least, own)
        if own > 5:
            break  # The noise is far below the ratio.
    return [f"{statistics.median(ratios):.2f}", f"{size / MB / least:.1f}"]


if __name__ == "__main__":
    main()
