"""A mapper for data-juicer: an operator that cleans the text of each sample.

Importing this module registers the operator as `qingyang_mapper`; a recipe names it by
`custom_operator_paths` and `process: [{qingyang_mapper: {options: {furniture: drop}}}]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from qingyang import Cleaner


@OPERATORS.register_module("qingyang_mapper")
class QingyangMapper(Mapper):
    """Cleans the text of each sample. `options` are those of `qingyang.Cleaner`."""

    _batched_op = True

    def __init__(self, options: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cleaner = Cleaner(**(options or {}))

    def process_batched(self, samples: dict[str, Any]) -> dict[str, Any]:
        """The samples with clean texts. The framework runs a process for each core, so one thread is enough."""
        samples[self.text_key] = self.cleaner.many(samples[self.text_key], threads=1)
        return samples
