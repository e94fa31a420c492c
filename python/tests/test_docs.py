"""The guide: its examples print what it says, and the pieces of code about engines are in the files that run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"


def blocks(page: Path) -> list[str]:
    """The blocks of Python of a page."""
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", ["python.md", "python.zh-CN.md"])
def test_the_examples_print_what_the_guide_says(name: str) -> None:
    pytest.importorskip("pyarrow")
    found = blocks(GUIDE / name)
    assert len(found) > 5
    test = doctest.DocTestParser().get_doctest("\n".join(found), {}, name, name, 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("name", ["engines.md", "engines.zh-CN.md"])
def test_what_the_guide_shows_of_engines_is_what_runs(name: str) -> None:
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "python" / "examples").glob("*_example.py")]
    found = blocks(GUIDE / name)
    assert len(found) == 8
    for block in found:
        lines = [line for line in block.splitlines() if line.strip()]
        assert any(all(f"{line}\n" in file for line in lines) for file in files), block


def test_both_languages_show_the_same_code_of_engines() -> None:
    assert blocks(GUIDE / "engines.md") == blocks(GUIDE / "engines.zh-CN.md")
