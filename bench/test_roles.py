"""The scorer of roles counts what it says, and the golds of the genres fit together."""

import collections
import pathlib

import roles

GENRES = sorted(path.parent for path in (pathlib.Path(__file__).parent / "genres").glob("*/roles.txt"))


def judged(gold, units):
    counts, articles, told = collections.Counter(), collections.Counter(), []
    roles.judge(gold, units, counts, articles, told)
    return counts, articles, told


GOLD = [("渠水通了", ["headline"], 1), ("昨日渠水流过桥头镇。", ["para"], 1), ("第3版", ["furniture"], 0), ("收割机到村", ["headline"], 2)]


def test_a_perfect_page_has_all_roles_and_articles():
    units = [("渠水通了", "head", 1), ("昨日渠水流过桥头镇。", "text", 1), ("第3版", "furniture", -3), ("收割机到村", "head", 2)]
    counts, articles, told = judged(GOLD, units)
    assert counts == {("head", "head"): 2, ("text", "text"): 1, ("furniture", "furniture"): 1}
    assert (articles["exact"], articles["all"]) == (2, 2)
    assert told == []


def test_another_role_is_counted_and_told():
    units = [("渠水通了", "text", 1), ("昨日渠水流过桥头镇。", "text", 1), ("第3版", "furniture", -3), ("收割机到村", "head", 2)]
    counts, _, told = judged(GOLD, units)
    assert counts["head", "text"] == 1
    assert told == ["headline → text: 渠水通了"]


def test_two_articles_in_one_are_not_exact():
    units = [("渠水通了", "head", 1), ("昨日渠水流过桥头镇。", "text", 1), ("第3版", "furniture", -3), ("收割机到村", "head", 1)]
    _, articles, _ = judged(GOLD, units)
    assert (articles["gold"], articles["found"], articles["both"]) == (1, 3, 1)
    assert articles["exact"] == 0


def test_a_unit_with_wrong_breaks_is_not_judged():
    counts, _, _ = judged(GOLD, [("渠水通了昨日渠水流过桥头镇。", "text", 1)])
    assert not counts


def test_every_line_of_the_golds_has_a_role_and_an_article():
    assert len(GENRES) > 30
    known = {"para", "headline", "kicker", "deck", "subhead", "byline", "caption", "short", "row", "contents", "sign", "verse", "furniture", "jump", "resume", "label", "?"}
    for folder in GENRES:
        for _, names, article in roles.load(folder):
            assert set(names) <= known, (folder.name, names)
            assert article >= 0
