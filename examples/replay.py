#!/usr/bin/env python3
"""Replays a ledger of qingyang (--ledger FILE), or takes it back; docs/format.md describes the fields.

    replay.py LEDGER [INPUT]              the clean text of an input
    replay.py --undo LEDGER CLEAN INPUT   the bytes of that input, from its clean text; of a layout the bytes of its text
"""
import gzip, itertools, json, sys

CODECS = {"UTF-16LE": "utf-16-le", "UTF-16BE": "utf-16-be", "Big5": "big5hkscs"}

def entries_of(ledger, name):
    records = [json.loads(line) for line in open(ledger, encoding="utf-8")]
    head = next(r for r in records if "schema" in r and name in (None, r["input"]))
    return head, [r for r in records if "rule" in r and r["input"] == head["input"]]

def read(path):
    data = open(path, "rb").read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data

def replay(data, codec, entries):
    at, out = 0, []
    for e in entries:
        out += [data[at:e["start"]].decode(codec), e["after"]]
        at = e["end"]
    return "".join(out) + data[at:].decode(codec)

def undo(clean, codec, entries):
    out, rest = bytearray(), iter(clean)
    for e in entries:
        while len(out) < e["start"]:
            out += next(rest).encode(codec)
        assert "".join(itertools.islice(rest, len(e["after"]))) == e["after"], e
        malformed = {start: bytes.fromhex(digits) for start, digits in e.get("malformed", [])}
        for c in e["before"]:
            out += malformed.get(len(out)) or c.encode(codec)
    return bytes(out) + "".join(rest).encode(codec)

if __name__ == "__main__":
    back = sys.argv[1] == "--undo"
    ledger, *files = sys.argv[1 + back:]
    head, entries = entries_of(ledger, (files[1:] if back else files or [None])[0])
    codec = CODECS.get(head["encoding"], head["encoding"])
    if back:
        made = undo(read(files[0]).decode("utf-8"), codec, entries)
    else:
        # The places in a layout are places in its text, which the head repeats.
        text = head["text"].encode("utf-8") if "text" in head else read(files[0] if files else head["input"])
        made = replay(text, codec, entries).encode("utf-8")
    sys.stdout.buffer.write(made)
