"""`python -m qingyang` is the whole command line. `test_options.py` compares what the package cleans with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import qingyang
from conftest import CLEAN, PAGE


def run(*args: str, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """The command line on these words."""
    command = [sys.executable, "-m", "qingyang", *args]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env={**os.environ, **env}, check=False)


def test_a_pipe_a_file_and_a_folder(tmp_path: Path) -> None:
    piped = run(stdin=PAGE.encode("gbk"))
    assert (piped.returncode, piped.stdout.decode()) == (0, CLEAN)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text(PAGE, encoding="utf-8")
    done = run("in", "-o", "out", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out" / "page.txt").read_text(encoding="utf-8") == CLEAN


def test_status_and_messages_are_those_of_the_tool(tmp_path: Path) -> None:
    wrong = run("--widht", "keep", LC_ALL="C")
    assert wrong.returncode == 2
    assert wrong.stderr.decode().startswith("qingyang: ")
    missing = run("nothing.txt", "--lang", "zh", cwd=tmp_path)
    assert missing.returncode == 1
    assert "nothing.txt" in missing.stderr.decode()
    assert any("\u4e00" <= c <= "\u9fff" for c in missing.stderr.decode()), "in Chinese"
    assert run("--version").stdout.decode().strip() == f"qingyang {qingyang.__version__}"


@pytest.mark.skipif(os.name != "posix", reason="names of files that are not UTF-8")
def test_a_name_that_is_not_utf8_is_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xc7\xfe.txt")
    try:
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    assert run(name, cwd=tmp_path).stdout.decode() == CLEAN


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_a_pipe_that_waits(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with out.open("wb") as stdout, subprocess.Popen(
        [sys.executable, "-m", "qingyang"], stdin=subprocess.PIPE, stdout=stdout
    ) as process:
        assert process.stdin
        process.stdin.write((PAGE + "\f").encode() * 4000)
        process.stdin.flush()
        while out.stat().st_size == 0:  # The tool runs, and then waits for more.
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait() in (-signal.SIGINT, 130)
