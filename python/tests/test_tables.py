"""Columns of pyarrow tables, as the engines call them."""

from __future__ import annotations

import pickle

import pytest

import qingyang
from conftest import CLEAN, PAGE

pa = pytest.importorskip("pyarrow")

from qingyang import tables  # noqa: E402
from qingyang.tables import CleanColumn  # noqa: E402

ROWS = [PAGE.encode(), None, b"\xff\xff\xff"]


def test_columns_are_added_and_nothing_else_changes() -> None:
    table = pa.table({"id": [1, 2, 3], "text": ROWS})
    step = CleanColumn("text", options={"encoding": "utf-8"})
    clean = step(table)
    assert clean.column_names == ["id", "text", "clean", "clean_error"]
    assert clean.select(["id", "text"]) == table
    assert clean["clean"].to_pylist() == [CLEAN.removesuffix("\n"), None, None]
    assert clean["clean_error"].to_pylist()[:2] == [None, None]
    assert clean["clean_error"][2].as_py().startswith("byte 0: FF is not valid UTF-8")
    assert pickle.loads(pickle.dumps(step))(table) == clean
    batch = step(table.to_batches()[0])
    assert isinstance(batch, pa.RecordBatch)
    assert pa.Table.from_batches([batch]) == clean


def test_a_column_may_be_replaced() -> None:
    table = CleanColumn("text", into="text")(pa.table({"text": ["渠 水"], "n": [1]}))
    assert table.column_names == ["n", "text", "text_error"]
    assert table["text"].to_pylist() == ["渠水"]


def test_structure_is_nested() -> None:
    table = CleanColumn("text", structure=True)(pa.table({"text": [PAGE]}))
    assert table.column_names == ["text", "clean", "clean_error", "clean_units", "clean_articles"]
    assert table["clean_articles"][0][0]["title"].as_py() == "云台渡口通了新桥"


def test_a_dictionary_of_strings_is_read() -> None:
    table = pa.table({"text": pa.array(["渠 水", "渠 水"]).dictionary_encode()})
    assert CleanColumn("text")(table)["clean"].to_pylist() == ["渠水", "渠水"]


def test_a_wrong_option_raises_at_once() -> None:
    with pytest.raises(qingyang.OptionError):
        CleanColumn("text", options={"width": "wide"})


def test_a_batch_with_much_text_is_cleaned_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SLICE_BYTES", 1000)
    batch = pa.record_batch({"text": [f"{n} {PAGE}" for n in range(50)] + [PAGE * 100] + ["渠 水"] * 20})
    pieces = list(CleanColumn("text").batches(iter([batch])))
    assert len(pieces) > 10
    whole = CleanColumn("text")(batch)
    assert pa.Table.from_batches(pieces) == pa.Table.from_batches([whole])
    assert list(CleanColumn("text").batches(iter([batch.slice(0, 0)]))) == []
