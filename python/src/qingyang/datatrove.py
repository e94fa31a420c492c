"""A formatter for datatrove: a step of a pipeline that cleans the text of each document.

>>> from qingyang.datatrove import QingyangFormatter
>>> LocalPipelineExecutor([JsonlReader("in/"), QingyangFormatter(), JsonlWriter("out/")]).run()
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datatrove.pipeline.formatters.base import BaseFormatter

from qingyang import Cleaner


class QingyangFormatter(BaseFormatter):
    """Cleans the text of each document. `options` are those of `qingyang.Cleaner`."""

    name = "🧾 qingyang"

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.cleaner = Cleaner(**(options or {}))

    def format(self, text: str) -> str:
        """The clean text of a document, without a line feed at its end."""
        return self.cleaner.clean(text).removesuffix("\n")
