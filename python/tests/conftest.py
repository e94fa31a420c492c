"""Pages of the repository that the tests clean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

#: A page with a doubled headline, letter-spacing and hard-wrapped lines.
PAGE = "云台渡口通了新桥云台渡口通了新桥\n\n本 报 讯（记者 何 苗）昨日上午，横\n\n跨渠水的云台新桥正式通车，两岸群众\n\n不用再绕行１２公里。\n"
CLEAN = "云台渡口通了新桥\n本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n"


@pytest.fixture(scope="session")
def pages() -> Sequence[str]:
    """The raw texts of all fixtures that are UTF-8."""
    found = []
    for path in sorted(FIXTURES.glob("*/raw.txt")):
        try:
            found.append(path.read_bytes().decode())
        except UnicodeDecodeError:
            continue
    assert len(found) > 50, "the fixtures are missing"
    return found
