"""The golds are consistent: a perfect cleaner scores 1, and no gold has a character that its raw text lacks."""
import re
import unicodedata
from collections import Counter

import pytest

from run import HERE, load
from score import FOLD_PUNCT, OPT, SAME, score

PAGES = load(HERE) + load(HERE / "genres")
IDS = [p["id"] for p in PAGES]


def unified(s):
    """Text without width, radicals and white space, in which raw and gold must agree."""
    return "".join(unicodedata.normalize("NFKC", s.translate(SAME)).split())


@pytest.mark.parametrize("page", PAGES, ids=IDS)
@pytest.mark.parametrize("sep", ["", " ", "\n"], ids=["joined", "spaced", "split"])
def test_perfect_output_scores_one(page, sep):
    out = re.sub(r"(?m)^\?", "", page["gold"]).replace(OPT, sep)
    r = score(page["raw"].decode(), page["gold"], out, fold=page["fold"])
    assert (r["unit_f1"], r["break_f1"], r["space_f1"], r["conserved"], r["cer"], r["chars_extra"]) == (1, 1, 1, 1, 0, 0)
    assert r["doubled_r"] == 1 and r["doubled_p"] == 1


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_perfect_output_without_furniture_scores_one(page):
    out = "\n".join(l for l in page["gold"].split("\n") if not l.startswith("?")).replace(OPT, "")
    r = score(page["raw"].decode(), page["gold"], out, fold=page["fold"])
    assert (r["unit_f1"], r["conserved"], r["cer"]) == (1, 1, 0)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_gold_break_is_a_line_break_of_the_raw(page):
    r = score(page["raw"].decode(), page["gold"], page["raw"].decode(), fold=page["fold"])
    assert r["break_fn"] == 0 and r["conserved"] == 1


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_gold_has_no_character_that_the_raw_lacks(page):
    gold = re.sub(r"(?m)^\?", "", page["gold"]).replace(OPT, "")
    raw = page["raw"].decode()
    if page["fold"]:
        gold, raw = gold.translate(FOLD_PUNCT), raw.translate(FOLD_PUNCT)
    assert not Counter(unified(gold)) - Counter(unified(raw))


@pytest.mark.parametrize("page", [p for p in PAGES if p["channel"] == "tesseract"],
                         ids=[i for i in IDS if i.startswith("tesseract")])
def test_ocr_gold_is_all_that_was_read(page):
    gold = re.sub(r"(?m)^\?", "", page["gold"]).replace(OPT, "")
    assert Counter(unified(gold)) == Counter(unified(page["raw"].decode()))
