"""Arrow in and out by the PyCapsule interface: pyarrow, polars, pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import qingyang
from conftest import CLEAN, PAGE

pa = pytest.importorskip("pyarrow")

ROWS = [PAGE, None, "", "渠 水"]
WANT = [CLEAN.removesuffix("\n"), None, "", "渠水"]


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        (pa.string(), pa.string()),
        (pa.large_string(), pa.large_string()),
        (pa.string_view(), pa.string_view()),
        (pa.binary(), pa.string()),
        (pa.large_binary(), pa.large_string()),
        (pa.binary_view(), pa.string_view()),
    ],
)
def test_an_array_gives_an_array_as_wide(kind: Any, result: Any) -> None:
    rows = [row.encode() if row is not None and "binary" in str(kind) else row for row in ROWS]
    clean = pa.array(qingyang.clean_many(pa.array(rows, kind)))
    assert clean.type == result
    assert clean.to_pylist() == WANT
    clean.validate(full=True)


def test_slices_nulls_and_empty_arrays() -> None:
    array = pa.array([*ROWS, *ROWS])
    assert pa.array(qingyang.clean_many(array.slice(3, 4))).to_pylist() == (WANT + WANT)[3:7]
    assert pa.array(qingyang.clean_many(pa.array([], pa.string()))).to_pylist() == []
    assert pa.array(qingyang.clean_many(pa.nulls(3))).to_pylist() == [None] * 3


def test_many_pieces_keep_their_order(pages: Sequence[str]) -> None:
    rows = [f"{n}\n{page}" for n, page in enumerate([*pages] * 10)]
    want = [qingyang.clean(row).removesuffix("\n") for row in rows]
    for threads in (1, 2, 5):
        assert pa.array(qingyang.clean_many(pa.array(rows), threads=threads)).to_pylist() == want


def test_a_chunked_array_keeps_its_chunks() -> None:
    chunks = pa.chunked_array([ROWS, ROWS[:1], []], pa.large_string())
    clean = pa.chunked_array(qingyang.clean_many(chunks))
    assert [len(chunk) for chunk in clean.chunks] == [4, 1, 0]
    assert clean.to_pylist() == WANT + WANT[:1]


def test_a_bad_row_is_counted_over_all_chunks() -> None:
    chunks = pa.chunked_array([["渠 水".encode()] * 600, [b"x", b"\xff\xfe\xff", None]])
    cleaner = qingyang.Cleaner(encoding="utf-8")
    with pytest.raises(qingyang.RowError) as raised:
        cleaner.many(chunks)
    assert raised.value.index == 601
    nulls = pa.chunked_array(cleaner.many(chunks, on_error="null"))
    assert nulls.to_pylist() == ["渠水"] * 600 + ["x", None, None]
    with pytest.raises(qingyang.OptionError, match="Cleaner.table has a column of errors"):
        cleaner.many(chunks, on_error="return")


def test_other_types_are_refused_before_anything_is_cleaned() -> None:
    for wrong in (pa.array([1]), pa.array([{"text": "渠水"}]), pa.chunked_array([[1.5]])):
        with pytest.raises(TypeError, match="rows must be an Arrow array of strings or binaries, not of "):
            qingyang.clean_many(wrong)


def test_strings_that_are_no_utf8_are_bad_rows() -> None:
    """Spark and others hand over strings that nobody has checked."""
    unchecked = pa.array(["渠 水".encode(), b"\xff\xfe", "\ufeff新 桥".encode()]).view(pa.string())
    with pytest.raises(qingyang.RowError, match="^row 1: byte 0: FF is not valid UTF-8"):
        qingyang.clean_many(unchecked)
    clean = pa.array(qingyang.clean_many(unchecked, on_error="null"))
    assert clean.to_pylist() == ["渠水", None, qingyang.clean("\ufeff新 桥").removesuffix("\n")]
    clean = pa.array(qingyang.clean_many(unchecked, lossy=True))
    assert clean.to_pylist()[1] == "\ufffd\ufffd"


def test_a_table_has_the_structure_and_the_errors(pages: Sequence[str]) -> None:
    rows = [*(page.encode() for page in pages), None, b"\xff\xff\xff"]
    cleaner = qingyang.Cleaner(encoding="utf-8")
    table = pa.table(cleaner.table(pa.array(rows), threads=2))
    assert table.column_names == ["text", "error", "units", "articles"]
    table.validate(full=True)
    texts, errors, units, articles = (table[name].to_pylist() for name in table.column_names)
    assert texts == [qingyang.clean(page).removesuffix("\n") for page in pages] + [None, None]
    assert (units[-2:], articles[-2:]) == ([None, None], [None, None])
    assert errors[:-1] == [None] * (len(rows) - 1) and errors[-1].startswith("byte 0: ")
    for number, page in enumerate(pages):
        document = cleaner.proof(page).to_dict()["pages"]
        want = [{**{k: unit[k] for k in ("id", "role", "confidence", "text")}, "page": p["page"]["number"]} for p in document for unit in p["units"]]
        assert units[number] == want
        for found, article in zip(articles[number], (a for p in document for a in p["articles"]), strict=True):
            assert (found["headline"], found["body"]) == (article["headline"], article["body"])
            assert found["jump"] == (article.get("jump") or {}).get("text")
            for key in ("title", "kicker", "deck", "byline", "dateline"):
                assert found[key] == article.get(key)


def test_a_table_without_structure_has_the_same_texts_and_errors(pages: Sequence[str]) -> None:
    rows = pa.array([*(page.encode() for page in pages), None, b"\xff\xff\xff"])
    cleaner = qingyang.Cleaner(encoding="utf-8")
    assert pa.table(cleaner.table(rows, structure=False)) == pa.table(cleaner.table(rows)).select(["text", "error"])


def test_a_table_of_nothing_has_its_columns() -> None:
    table = pa.table(qingyang.Cleaner().table(pa.array([], pa.string())))
    assert (table.num_rows, table.column_names) == (0, ["text", "error", "units", "articles"])


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"text": ROWS})
    clean = frame.with_columns(clean=pl.Series(qingyang.clean_many(frame["text"])))
    assert clean["clean"].to_list() == WANT
    table = pl.DataFrame(qingyang.Cleaner().table(frame["text"]))
    assert table["units"][0][0]["role"] == "headline"


def test_pandas() -> None:
    pd = pytest.importorskip("pandas")
    series = pd.Series(ROWS, dtype=pd.ArrowDtype(pa.string()))
    array = pa.array(series) if not hasattr(series, "__arrow_c_stream__") else series
    clean = qingyang.clean_many(array)
    back = pa.chunked_array(clean) if hasattr(clean, "__arrow_c_stream__") else pa.array(clean)
    assert pd.Series(back.to_pandas(types_mapper=pd.ArrowDtype)).tolist()[::2] == WANT[::2]
    assert back.to_pylist() == WANT
    assert qingyang.clean_many(pd.Series(["渠 水", "新 桥"], dtype=object).tolist()) == ["渠水", "新桥"]


def test_the_input_is_read_where_it_lies() -> None:
    """No copy is made of the input: cleaning a slice of a large buffer allocates for the slice only."""
    before = pa.total_allocated_bytes()
    array = pa.array(["渠 水 流 过 桥 头 镇。" * 1000] * 1000)
    size = pa.total_allocated_bytes() - before
    assert size > 20_000_000
    held = pa.total_allocated_bytes()
    clean = pa.array(qingyang.clean_many(array.slice(0, 1)))
    assert pa.total_allocated_bytes() == held, "the result lives in the memory of Rust"
    assert len(clean[0].as_py()) == 8 * 1000
