#!/usr/bin/env python3
"""Make src/lexicon/*.bin from general lexicons. Nothing in them comes from the pages that the models are fitted on.

    pip install jieba==0.42.1 opencc-python-reimplemented==0.1.7
    python3 tools/words.py [--out DIR]

words.bin   words of 2 to 4 Han from jieba's dict.txt (MIT), each with a class of frequency
pairs.bin   two bits for each pair of Han: how firmly the words that hold it bind them
simple.bin  for each Han its simplified form (OpenCC's TSCharacters, Apache-2.0)

words.bin is a hash table: 65,537 offsets of buckets (u32, little-endian), then entries of 16 bits. The hash of a word is
FNV-1a over its code points (32 bits each), mixed. The low 16 bits are the number of the bucket, the next bits are the
fingerprint. An entry holds the fingerprint above the value (3 bits).

pairs.bin has no fingerprints. If two pairs have the same place, the firmer one counts.
"""
import math
import os
import struct
import sys
from collections import Counter, defaultdict

import jieba
import opencc

HAN = range(0x4E00, 0xA000)


def mixed(chars):
    h = 0xCBF29CE484222325
    for c in chars:
        h = ((h ^ ord(c)) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 29
    h = (h * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    return h ^ (h >> 32)


def table(values, bits):
    """The bytes of the hash table of these words and values."""
    buckets = defaultdict(set)
    for key, value in values.items():
        h = mixed(key)
        buckets[h & 0xFFFF].add((((h >> 16) & ((1 << (16 - bits)) - 1)) << bits) | value)
    offsets, entries = [0], []
    for b in range(65536):
        entries.extend(sorted(buckets.get(b, ())))
        offsets.append(len(entries))
    return struct.pack(f"<{len(offsets)}I", *offsets) + struct.pack(f"<{len(entries)}H", *entries)


PAIR_BITS = 20
# Summed frequency in the dictionary from which a pair is bound, bound firmly, bound very firmly. Half of all pairs are below
# ten, and most of those are in names.
PAIR_CLASSES = (10, 100, 1000)


def place(a, b):
    """The place of a pair in pairs.bin."""
    key = (ord(a) << 16 | ord(b)) ^ ord(a) >> 3
    return (key * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - PAIR_BITS)


def main():
    out = sys.argv[sys.argv.index("--out") + 1] if "--out" in sys.argv else os.path.join(os.path.dirname(__file__), "..", "src", "lexicon")
    source = os.environ.get("QINGYANG_JIEBA_DICT") or os.path.join(os.path.dirname(jieba.__file__), "dict.txt")
    words = {}
    for line in open(source, encoding="utf-8"):
        word, freq, _ = line.split(" ")
        if 1 <= len(word) <= 8 and all(ord(c) in HAN for c in word):
            words[word] = max(int(freq), words.get(word, 0))
    # Classes of frequency, each half a decade: up to 3, 10, 32, 100, 316, 1000, 3162, and more.
    classes = {w: min(7, max(0, int(2 * math.log10(max(f, 3) / 3)))) for w, f in words.items() if 2 <= len(w) <= 4}
    open(os.path.join(out, "words.bin"), "wb").write(table(classes, 3))

    bound = Counter()
    for w, f in words.items():
        if 2 <= len(w) <= 4:
            for pair in zip(w, w[1:]):
                bound[pair] += f
    pairs = bytearray(1 << PAIR_BITS - 2)
    for pair, f in bound.items():
        k = place(*pair)
        value = max(sum(f >= least for least in PAIR_CLASSES), pairs[k >> 2] >> 2 * (k & 3) & 3)
        pairs[k >> 2] = pairs[k >> 2] & ~(3 << 2 * (k & 3)) | value << 2 * (k & 3)
    open(os.path.join(out, "pairs.bin"), "wb").write(bytes(pairs))

    simple = {}
    folder = os.path.join(os.path.dirname(opencc.__file__), "dictionary", "TSCharacters.txt")
    for line in open(folder, encoding="utf-8"):
        t, s = line.rstrip("\n").split("\t")[:2]
        s = s.split(" ")[0]
        if len(t) == 1 and len(s) == 1 and ord(t) in HAN and ord(s) in HAN and t not in words:
            simple[t] = s
        elif len(t) == 1 and len(s) == 1 and ord(t) in HAN and ord(s) in HAN and words.get(t, 0) < words.get(s, 0):
            simple[t] = s
    forms = b"".join(struct.pack("<H", ord(simple.get(chr(c), chr(c)))) for c in HAN)
    open(os.path.join(out, "simple.bin"), "wb").write(forms)
    print(f"{len(classes)} words, {len(simple)} traditional characters")


if __name__ == "__main__":
    main()
