"""Many records: lists, threads, bad rows, Ctrl-C."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import pytest

import qingyang
from conftest import CLEAN, PAGE


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
def test_many_are_the_single_ones_in_their_order(pages: Sequence[str], threads: int | None) -> None:
    rows = [f"{n}\n{page}" for n, page in enumerate([*pages] * 8)]
    assert len(rows) > 256, "more than one piece"
    want = [qingyang.clean(row).removesuffix("\n") for row in rows]
    assert qingyang.clean_many(rows, threads=threads) == want
    assert qingyang.Cleaner().many(iter(rows), threads=threads) == want


def test_no_rows_give_no_rows() -> None:
    assert qingyang.clean_many([]) == []


def test_nulls_stay_and_bytes_are_decoded() -> None:
    rows = [None, PAGE, PAGE.encode("gb18030"), bytearray(PAGE.encode()), ""]
    clean = CLEAN.removesuffix("\n")
    assert qingyang.clean_many(rows) == [None, clean, clean, clean, ""]


BAD = ["渠 水", b"\xe6\xb8\xa0\xff\xff\xe6", None, 3, "\ud800", "新 桥"]


def test_a_bad_row_is_named_by_its_index() -> None:
    with pytest.raises(qingyang.RowError, match=r"^row 1: byte \d+: ") as raised:
        qingyang.clean_many(BAD, encoding="utf-8")  # type: ignore[arg-type]
    assert raised.value.index == 1
    assert raised.value.reason.startswith("byte 3: ")


def test_the_first_bad_row_is_named_whatever_the_threads() -> None:
    rows: list[str | bytes] = ["渠 水"] * 2000
    rows[1999] = rows[700] = rows[1300] = b"\xff"
    for _ in range(5):
        with pytest.raises(qingyang.RowError) as raised:
            qingyang.clean_many(rows, threads=4, encoding="utf-8")
        assert raised.value.index == 700


def test_bad_rows_keep_their_index() -> None:
    nulls = qingyang.clean_many(BAD, on_error="null", encoding="utf-8")  # type: ignore[call-overload]
    assert nulls == ["渠水", None, None, None, None, "新桥"]
    returned = qingyang.clean_many(BAD, on_error="return", encoding="utf-8")
    assert [index for index, row in enumerate(returned) if isinstance(row, qingyang.RowError)] == [1, 3, 4]
    assert [row.index for row in returned if isinstance(row, qingyang.RowError)] == [1, 3, 4]
    assert (returned[0], returned[2], returned[5]) == ("渠水", None, "新桥")
    assert str(returned[3]) == "row 3: expected str, bytes or None, not int"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: qingyang.clean_many("渠水"), TypeError, "rows must be a list of str or an Arrow array, not str"),
        (lambda: qingyang.clean_many(b"x"), TypeError, "not bytes"),  # type: ignore[arg-type]
        (lambda: qingyang.clean_many(3), TypeError, "not int"),  # type: ignore[call-overload]
        (lambda: qingyang.clean_many([], threads=0), qingyang.OptionError, "threads: expected a number from 1 to 1024, not 0"),
        (lambda: qingyang.clean_many([], threads="2"), TypeError, "threads must be int or None, not str"),  # type: ignore[call-overload]
        (lambda: qingyang.clean_many([], on_error="stop"), qingyang.OptionError, 'on_error: unknown value "stop"'),  # type: ignore[call-overload]
        (lambda: qingyang.clean_many([], widht="keep"), TypeError, 'unknown option "widht"'),  # type: ignore[call-overload]
    ],
)
def test_what_is_wrong_is_said(call: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        call()  # type: ignore[operator]
    assert message in str(raised.value)


def test_threads_may_share_a_cleaner(pages: Sequence[str]) -> None:
    cleaner = qingyang.Cleaner(split="sentence")
    want = [cleaner.clean(page) for page in pages]
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [cleaner.clean(page) for page in pages]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [want] * 4


def test_other_threads_run_while_many_are_cleaned() -> None:
    """The lock of the interpreter is released: another thread counts on while this one waits."""
    counted, ended = 0, threading.Event()

    def count() -> None:
        nonlocal counted
        while not ended.is_set():
            counted += 1
            time.sleep(0)

    thread = threading.Thread(target=count)
    thread.start()
    before = counted
    qingyang.clean_many([PAGE] * 20_000, threads=1)
    after = counted
    ended.set()
    thread.join()
    assert after > before + 10


def cleaned_in_child(rows: list[str]) -> list[str]:
    return qingyang.clean_many(rows, threads=2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_forked_process_cleans_too() -> None:
    """Spark and multiprocessing fork; threads that are kept would be missing there."""
    rows = [PAGE] * 1000
    want = qingyang.clean_many(rows, threads=2)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(cleaned_in_child, [rows, rows]) == [want, want]


CTRL_C = """
import qingyang
page = "渠 水 流 过 桥 头 镇，沿 岸 的 稻\\n田 渐 渐 泛 黄。\\n" * 40
rows = [page] * 300_000
print("ready", flush=True)
try:
    qingyang.clean_many(rows, threads=2)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    print(qingyang.clean_many(["渠 水"]))
else:
    print("done")
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_a_call_and_the_next_one_works() -> None:
    with subprocess.Popen([sys.executable, "-c", CTRL_C], stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        said = process.stdout.read()
    assert said == "interrupted\n['渠水']\n"
