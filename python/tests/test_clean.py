"""One text: the functions, the options, the proof, the exceptions."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from typing import Any

import pytest

import qingyang
from conftest import CLEAN, PAGE


def test_a_page_becomes_clean() -> None:
    assert qingyang.clean(PAGE) == CLEAN
    assert qingyang.clean("渠 水 流") == "渠水流\n"
    assert qingyang.clean("") == ""


def test_bytes_are_decoded_by_detection_and_by_name() -> None:
    assert qingyang.clean_bytes(PAGE.encode("gb18030")) == CLEAN
    assert qingyang.clean_bytes(bytearray(PAGE.encode("utf-16-le")), "utf-16le") == CLEAN
    assert qingyang.clean_bytes(PAGE.encode(), encoding=None) == CLEAN


def test_a_long_text_is_cleaned_in_windows_and_keeps_every_page() -> None:
    long = "\f".join([PAGE] * 2_000)
    assert len(long.encode()) > 256 << 10
    assert qingyang.clean(long) == "\f".join([CLEAN] * 2_000)


@pytest.mark.parametrize(
    ("options", "text", "clean"),
    [
        ({"width": "keep"}, "全长１８６米。\n", "全长１８６米。\n"),
        ({"cjk_latin_space": "one"}, "全长186米。\n", "全长 186 米。\n"),
        ({"furniture": "drop"}, "第3版\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n"),
        ({"blank_lines": True}, "标题\n正文。\n", "标题\n\n正文。\n"),
        ({"skip": ["spacing"]}, "渠 水 流 过\n", "渠 水 流 过\n"),
        ({"only": ("full-width",)}, "渠 水 １２\n", "渠 水 12\n"),
        ({"split": "sentence"}, "渠水流过桥头镇。稻田渐渐泛黄。农户忙着修整晒场。\n", None),
        ({"rules": [{"name": "water", "replace": {"find": "渠氺", "put": "渠水"}}]}, "渠氺流过。\n", "渠水流过。\n"),
        ({"rules": [{"break": {"line": "下期看点$", "keep": False}}]}, "下期看点\n桥头镇的新桥\n", "下期看点桥头镇的新桥\n"),
    ],
)
def test_each_option_does_what_the_command_line_does(options: dict[str, Any], text: str, clean: str | None) -> None:
    changed = qingyang.Cleaner(**options).clean(text)
    assert changed != qingyang.clean(text)
    assert clean is None or changed == clean


def test_mojibake_is_repaired_on_request() -> None:
    page = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。" * 3
    misread = page.encode("gbk").decode("latin-1")
    assert qingyang.Cleaner(repair="mojibake").clean(misread) == page + "\n"
    assert qingyang.clean(misread) != page + "\n"


def test_own_words_are_known() -> None:
    line = "本报讯（观察员 王明 李华）昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n"
    assert qingyang.Cleaner(vocabulary={"posts": ["观察员"]}).clean(line) == line
    assert qingyang.clean(line) != line


def test_own_rules_can_be_skipped_by_name() -> None:
    rules = [{"name": "water", "replace": {"find": "氺", "put": "水"}}, {"name": "bridge", "replace": {"find": "挢", "put": "桥"}}]
    assert qingyang.Cleaner(rules=rules, skip=["custom:water"]).clean("氺挢。\n") == "氺桥。\n"
    assert qingyang.Cleaner(rules=rules, only=["custom:water"]).clean("氺挢。\n") == "水挢。\n"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"widht": "keep"}, TypeError, 'unknown option "widht"; known are width,'),
        ({"width": "wide"}, qingyang.OptionError, 'width: unknown width "wide"; known are "half", "keep"'),
        ({"width": 3}, TypeError, "width must be str, not int"),
        ({"blank_lines": "yes"}, TypeError, "blank_lines must be bool, not str"),
        ({"skip": "doubled"}, TypeError, "skip must be a list of str, not str"),
        ({"skip": ["dubbled"]}, qingyang.OptionError, 'skip: unknown rule "dubbled"; known are '),
        ({"skip": ["custom:no"]}, qingyang.OptionError, 'skip: unknown rule "custom:no"'),
        ({"skip": ["layout"]}, qingyang.OptionError, 'skip: the rule "layout" is always on'),
        ({"skip": ["doubled"], "only": ["hyphen"]}, qingyang.OptionError, "only: cannot be used together with skip"),
        ({"encoding": "klingon"}, qingyang.OptionError, 'encoding: unknown encoding "klingon"; known are utf-8'),
        ({"vocabulary": {"post": ["x"]}}, qingyang.OptionError, "vocabulary: unknown field `post`"),
        ({"rules": [{"replace": {"find": "(", "put": ""}}]}, qingyang.OptionError, "rules: "),
    ],
)
def test_a_wrong_option_is_named_and_the_right_ones_are_listed(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        qingyang.Cleaner(**options)
    assert message in str(raised.value)
    assert "--" not in str(raised.value), "no flags of the command line"


def test_bytes_that_cannot_be_decoded_name_the_byte_and_the_way_out() -> None:
    with pytest.raises(qingyang.DecodeError, match=r"byte 6: FF is not valid UTF-8; pass another encoding=, or lossy=True") as raised:
        qingyang.clean_bytes("渠水".encode() + b"\xff\n", "utf-8")
    assert raised.value.offset == 6
    assert isinstance(raised.value, ValueError)
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.offset) == (str(raised.value), 6)
    lossy = qingyang.Cleaner(encoding="utf-8", lossy=True)
    assert lossy.clean_bytes("渠水".encode() + b"\xff\n") == "渠水\ufffd\n"


def test_a_wrong_type_is_a_type_error() -> None:
    for wrong in (None, 3, b"bytes"):
        with pytest.raises(TypeError):
            qingyang.clean(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="text must be str or bytes, not int"):
        qingyang.Cleaner().proof(3)  # type: ignore[arg-type]
    with pytest.raises(UnicodeEncodeError):
        qingyang.clean("\ud800")


def test_a_proof_has_units_articles_breaks_and_the_ledger() -> None:
    proof = qingyang.Cleaner().proof(PAGE)
    assert proof.text == CLEAN
    assert [unit.role for unit in proof.units] == ["headline", "body"]
    assert [unit.text for unit in proof.units] == CLEAN.splitlines()
    assert proof.units[1].parts[0].text == "本报讯（记者 何苗）"
    assert proof.articles[0].headline == [0] and proof.articles[0].body == [1]
    assert [b.kept for b in proof.breaks] == [True, False, False]
    assert all(0 <= b.probability <= 1 for b in proof.breaks)
    assert proof.encoding is None
    assert qingyang.Cleaner().proof(PAGE.encode("gbk")).encoding == "GB18030"


def test_the_ledger_turns_the_input_into_the_clean_text(pages: list[str]) -> None:
    for page in pages:
        data, out, at = page.encode(), b"", 0
        proof = qingyang.Cleaner().proof(page)
        for entry in proof.ledger:
            assert data[entry.start : entry.end].decode() == entry.before
            out += data[at : entry.start] + entry.after.encode()
            at = entry.end
        assert (out + data[at:]).decode() == proof.text


def test_a_proof_is_the_json_document() -> None:
    proof = qingyang.Cleaner().proof(PAGE.encode())
    document = proof.to_dict()
    assert document == json.loads(proof.to_json())
    assert document["schema"] == "urn:qingyang:schema/qingyang-2"
    page = document["pages"][0]
    assert page["encoding"] == "UTF-8"
    assert page["articles"][0]["title"] == "云台渡口通了新桥"
    assert [unit["text"] for unit in page["units"]] == [unit.text for unit in proof.units]


RAPID = [
    [[[10, 10], [110, 10], [110, 24], [10, 24]], "渠水流过桥头", 0.98],
    [[[10, 28], [110, 28], [110, 42], [10, 42]], "镇。", 0.97],
]


def test_a_layout_may_be_a_list_text_or_bytes() -> None:
    cleaner = qingyang.Cleaner()
    want = cleaner.layout(RAPID).text
    assert want == "渠水流过桥头镇。\n"
    assert cleaner.layout(json.dumps(RAPID)).text == want
    assert cleaner.layout(json.dumps(RAPID).encode(), format="rapidocr").text == want


def test_a_layout_may_have_arrays_of_numpy() -> None:
    numpy = pytest.importorskip("numpy")
    boxes = [[numpy.array(box, dtype="float32"), text, numpy.float32(score)] for box, text, score in RAPID]
    assert qingyang.Cleaner().layout(boxes).text == "渠水流过桥头镇。\n"


def test_what_is_no_layout_says_so() -> None:
    with pytest.raises(qingyang.LayoutError):
        qingyang.Cleaner().layout({"渠": "水"})
    with pytest.raises(qingyang.OptionError, match='unknown .* "nothing"; known are '):
        qingyang.Cleaner().layout(RAPID, format="nothing")
    with pytest.raises(TypeError, match="data must be bytes, str, dict or list, not int"):
        qingyang.Cleaner().layout(3)  # type: ignore[arg-type]


def test_a_cleaner_goes_to_another_process_with_its_options() -> None:
    cleaner = qingyang.Cleaner(width="keep", skip=["spacing"])
    assert cleaner.options == {"width": "keep", "skip": ["spacing"]}
    assert repr(cleaner) == "qingyang.Cleaner(width='keep', skip=['spacing'])"
    for other in (pickle.loads(pickle.dumps(cleaner)), copy.copy(cleaner)):
        assert other.options == cleaner.options
        assert other.clean("渠 水 １２\n") == "渠 水 １２\n"


def test_the_options_of_a_cleaner_are_not_changed_from_outside() -> None:
    cleaner = qingyang.Cleaner(width="keep")
    cleaner.options["width"] = "half"
    assert cleaner.options == {"width": "keep"}


def test_help_shows_the_options_and_what_things_do() -> None:
    assert "split='unit'" in str(inspect.signature(qingyang.Cleaner))
    for name in qingyang.__all__:
        if name != "__version__":
            assert (getattr(qingyang, name).__doc__ or "").strip(), f"{name} has no docstring"
    for name, member in inspect.getmembers(qingyang.Cleaner):
        assert name.startswith("__") or member.__doc__, f"Cleaner.{name} has no docstring"
