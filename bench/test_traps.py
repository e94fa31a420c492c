"""What traps.py promises: run with `pytest test_traps.py`."""
import json
import subprocess
import sys
from pathlib import Path

import pytest

import traps

HERE = Path(__file__).parent
CASES = traps.load(HERE / "traps.jsonl")
KEYS = {"id", "group", "why", "args", "input", "input_base64", "expect", "contains", "absent", "lines", "exit", "open"}
OPTIONS = {"--encoding", "--lossy", "--cjk-latin-space", "--furniture", "--width"}


def traps_py(*argv):
    return subprocess.run([sys.executable, HERE / "traps.py", *argv], capture_output=True, text=True)


@pytest.fixture(scope="module")
def cat():
    """What the identity makes of each case: id → passed."""
    result = json.loads(traps_py("cat", "--json").stdout)
    return {c["id"]: c["passed"] for c in result["cases"]}


def case(**fields):
    return {"id": "Z01", "group": "z", "why": "", "args": [], "expect": [], "contains": [], "absent": [], **fields}


def passes(c, stdout, status=0):
    return not traps.judge(c, status, stdout.encode())


def test_every_case_is_well_formed_and_asserts_something():
    ids = [c["id"] for c in CASES]
    assert len(ids) == len(set(ids))
    for c in CASES:
        assert set(c) <= KEYS, c["id"]
        assert ("input" in c) != ("input_base64" in c), c["id"]
        assert c.get("open") or c["expect"] or c["contains"] or c["absent"] or c.get("lines") or c.get("exit"), c["id"]
        assert {a for a in c["args"] if a.startswith("--")} <= OPTIONS, c["id"]


def test_no_case_forbids_what_it_demands():
    for c in CASES:
        for due in c["expect"] + c["contains"] + c.get("lines", []):
            assert not [a for a in c["absent"] if a in due], c["id"]


@pytest.mark.parametrize("id", ["C02", "C20", "D21", "F01", "F34", "I11", "J02", "J18", "L04", "P08"])
def test_the_identity_fails_where_work_is_due(cat, id):
    assert not cat[id]


@pytest.mark.parametrize("group", ["clean text", "no loss"])
def test_the_identity_passes_where_nothing_is_to_be_done(cat, group):
    ids = [c["id"] for c in CASES if c["group"] == group and not c.get("open")]
    assert len(ids) > 10
    assert [i for i in ids if not cat[i]] == []


def test_natural_doubles_on_one_line_pass_the_identity_and_fail_a_folding_of_doubles(cat):
    assert cat["A01"] and cat["A08"] and cat["A11"]
    fold = [sys.executable, "-c", "import re,sys; sys.stdout.write(re.sub(r'(.+?)\\1', r'\\1', sys.stdin.read()))"]
    for c in CASES:
        if c["id"] in ("A01", "A08", "A11", "B02", "M01"):
            assert traps.run(fold, c, 10)[3], c["id"]


def test_expect_is_the_whole_output_but_for_blank_lines_and_trailing_space():
    c = case(expect=["甲\n乙\n"])
    assert passes(c, "甲 \n\n乙　\n")
    assert not passes(c, "甲乙\n")
    assert not passes(c, "甲\n乙\n丙\n")
    assert passes(case(expect=[""]), "\n \n")


def test_contains_must_stand_within_one_line():
    assert passes(case(contains=["甲乙"]), "丙甲乙丁\n")
    assert not passes(case(contains=["甲乙"]), "丙甲\n乙丁\n")


def test_absent_is_looked_for_in_every_line():
    assert not passes(case(contains=["甲"], absent=["乙"]), "甲\n丙乙\n")


def test_lines_must_come_as_often_as_they_are_listed():
    assert passes(case(lines=["甲", "甲"]), "甲\n乙\n甲\n")
    assert not passes(case(lines=["甲", "甲"]), "甲\n")
    assert not passes(case(lines=["甲"]), "甲乙\n")


def test_a_failing_command_passes_only_where_failure_is_due():
    assert not passes(case(contains=["甲"]), "甲\n", status=1)
    assert passes(case(exit=1), "", status=1)
    assert not passes(case(exit=1), "", status=0)
    assert not passes(case(exit=1), "甲\n", status=1)


def test_output_that_is_not_utf8_fails():
    assert traps.judge(case(contains=["a"]), 0, b"a\xff")


def test_a_missing_command_is_the_only_failure():
    assert traps_py("no-such-command-here").returncode == 2
    assert traps_py("").returncode == 2
    assert traps_py("false", "--group", "clean text").returncode == 0


def test_group_takes_a_letter_or_a_name():
    by_letter = json.loads(traps_py("cat", "--group", "A", "--json").stdout)
    assert by_letter["total"] == sum(c["id"][0] == "A" and not c.get("open") for c in CASES)
    by_name = json.loads(traps_py("cat", "--group", "encoding", "--json").stdout)
    assert set(by_name["groups"]) == {"encoding"}


def test_show_prints_input_output_and_what_was_due():
    out = traps_py("cat", "--show", "C02").stdout
    assert "云台少年队初战告捷云台少年队初战告捷" in out and "missing as a line of its own" in out
