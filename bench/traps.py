#!/usr/bin/env python3
"""Run a text-cleaning command on the trap cases and print what passes.

    traps.py 'qingyang' [FILE] [--group G] [--show ID] [--json] [--require N]

FILE is a JSON-lines file of cases (default: traps.jsonl beside this script); one case a line:

    id       A03; the letter is the group's
    group    name of the group; --group takes a name, a part of one, or a letter
    why      what the case protects
    args     options added to the command
    input    what goes to its standard input (input_base64: the bytes, where they are not plain UTF-8)
    expect   accepted outputs; one of them must be the whole output
    contains strings, each of which must stand within one line of the output
    absent   strings that no line of the output may hold
    lines    lines that the output must have exactly so, each as often as it is listed
    exit     1: the command must fail (status not 0) and write nothing to standard output
    open     true: experts may differ; shown, never scored

Before comparing, blank lines are dropped and space at the end of a line is trimmed.
`contains`, `absent` and `lines` count only where `expect` is empty. Unless `exit` says otherwise
the status must be 0. A case that runs longer than --timeout seconds fails.
The exit status is 0 whatever passes, 1 if fewer cases pass than --require asks for, and 2 if the command is missing.
"""
import argparse
import base64
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TRAILING = " \t\r\u3000\u00a0"


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def input_bytes(case):
    if "input_base64" in case:
        return base64.b64decode(case["input_base64"])
    return case["input"].encode("utf-8")


def output_lines(text):
    return [line for line in (x.rstrip(TRAILING) for x in text.split("\n")) if line]


def judge(case, status, stdout):
    """The reasons why the case fails; none where it passes."""
    if case.get("exit", 0) != 0:
        reasons = [] if status != 0 else ["status 0, a failure was due"]
        return reasons + (["wrote to standard output"] if stdout else [])
    if status != 0:
        return [f"status {status}"]
    try:
        text = stdout.decode("utf-8")
    except UnicodeDecodeError as e:
        return [f"output is not UTF-8: {e.reason} at byte {e.start}"]
    lines = output_lines(text)
    if case["expect"]:
        accepted = [output_lines(e) for e in case["expect"]]
        return [] if lines in accepted else ["output is none of those accepted"]
    reasons = [f"missing on one line: {s}" for s in case["contains"] if not any(s in x for x in lines)]
    reasons += [f"must not be there: {s}" for s in case["absent"] if any(s in x for x in lines)]
    lacking = Counter(case.get("lines", [])) - Counter(lines)
    return reasons + [f"missing as a line of its own: {s}" for s in lacking.elements()]


def run(command, case, timeout):
    try:
        p = subprocess.run(command + case["args"], input=input_bytes(case), capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return None, b"", b"", ["ran too long"]
    except OSError as e:
        return None, b"", b"", [f"could not be run: {e}"]
    return p.returncode, p.stdout, p.stderr, judge(case, p.returncode, p.stdout)


def chosen(cases, group):
    if not group:
        return cases
    if len(group) == 1:
        return [c for c in cases if c["id"].startswith(group.upper())]
    return [c for c in cases if group.lower() in c["group"].lower()]


def show(case, status, stdout, stderr, reasons):
    print(f"{case['id']}  {case['group']}  {'open' if case.get('open') else 'FAIL' if reasons else 'pass'}")
    print(f"why: {case['why']}")
    print(f"args: {' '.join(case['args']) or '(none)'}   status: {status}")
    print("--- input\n" + input_bytes(case).decode("utf-8", "backslashreplace").rstrip("\n"))
    print("--- output\n" + stdout.decode("utf-8", "backslashreplace").rstrip("\n"))
    if stderr:
        print("--- standard error\n" + stderr.decode("utf-8", "backslashreplace").rstrip("\n"))
    for key in ("expect", "contains", "absent", "lines", "exit"):
        if case.get(key):
            print(f"--- {key}\n{json.dumps(case[key], ensure_ascii=False)}")
    for r in reasons:
        print("! " + r)


def main(argv=None):
    ap = argparse.ArgumentParser(description="Run a command on the trap cases.")
    ap.add_argument("command", metavar="CMD", help="the command, with its options, as one argument")
    ap.add_argument("file", nargs="?", type=Path, default=Path(__file__).with_name("traps.jsonl"), metavar="FILE")
    ap.add_argument("--group", metavar="G", help="only this group: a name, a part of one, or its letter")
    ap.add_argument("--show", metavar="ID", help="show one case: input, output, what was due")
    ap.add_argument("--json", action="store_true", help="the result of every case as one JSON object")
    ap.add_argument("--require", type=int, default=0, metavar="N", help="exit with status 1 if fewer cases pass")
    ap.add_argument("--timeout", type=float, default=10, metavar="S", help="seconds for each case (default 10)")
    a = ap.parse_args(argv)
    command = shlex.split(a.command)
    if not command or not shutil.which(command[0]):
        print(f"traps.py: no such command: {a.command!r}", file=sys.stderr)
        return 2
    cases = chosen(load(a.file), a.group)
    if a.show:
        cases = [c for c in cases if c["id"] == a.show]
        if not cases:
            print(f"traps.py: no case {a.show} in {a.file}", file=sys.stderr)
            return 0
        show(cases[0], *run(command, cases[0], a.timeout))
        return 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda c: run(command, c, a.timeout), cases))
    groups, opened, report = {}, 0, []
    for case, (status, _, _, reasons) in zip(cases, results):
        if case.get("open"):
            opened += 1
        else:
            g = groups.setdefault(case["group"], {"passed": 0, "total": 0, "failed": []})
            g["total"] += 1
            if reasons:
                g["failed"].append(case["id"])
            else:
                g["passed"] += 1
        report.append({"id": case["id"], "group": case["group"], "open": case.get("open", False),
                       "passed": not reasons, "status": status, "reasons": reasons})
    passed, total = (sum(g[k] for g in groups.values()) for k in ("passed", "total"))
    if a.json:
        print(json.dumps({"command": a.command, "file": a.file.name, "passed": passed, "total": total,
                          "open": opened, "groups": groups, "cases": report}, ensure_ascii=False, indent=1))
        return 0
    for name, g in groups.items():
        print(f"{name:<28}{g['passed']:>4} of {g['total']:<4}{' '.join(g['failed'])}".rstrip())
    print(f"{'total':<28}{passed:>4} of {total:<4}({opened} open, not scored)")
    return int(passed < a.require)


if __name__ == "__main__":
    sys.exit(main())
