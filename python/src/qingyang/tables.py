"""A column of a pyarrow table cleaned: the function that Spark, datasets, Ray and others call for each batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import pyarrow as pa

from qingyang import Cleaner

Table = TypeVar("Table", pa.Table, pa.RecordBatch)

#: Bytes of input that are cleaned at a time, so that a batch of long texts needs no second memory of its size.
SLICE_BYTES = 32 << 20


class CleanColumn:
    """Adds to a table the clean text of a column, and why a row could not be cleaned.

    `into` names the column of the clean text; with `structure`, units and articles are added as nested columns. A row
    that is null stays null. A row that cannot be cleaned has nulls and its reason in the column of errors: no row is
    lost, and none ends the run. The object can be pickled: each process makes its cleaner once.
    """

    def __init__(
        self,
        column: str,
        into: str = "clean",
        *,
        structure: bool = False,
        options: Mapping[str, Any] | None = None,
        threads: int | None = 1,
    ) -> None:
        self.column = column
        self.into = into
        self.structure = structure
        self.threads = threads
        self.cleaner = Cleaner(**(options or {}))

    @property
    def names(self) -> dict[str, str]:
        """The columns that are added, each with its name in `Cleaner.table`."""
        names = {self.into: "text", f"{self.into}_error": "error"}
        if self.structure:
            names |= {f"{self.into}_units": "units", f"{self.into}_articles": "articles"}
        return names

    def __call__(self, table: Table) -> Table:
        """The table with the columns added. A column of the same name is replaced."""
        added = self._added(table.column(self.column))
        kept = [name for name in table.schema.names if name not in added.schema.names]
        columns = [table.column(name) for name in kept] + added.columns
        fields = [table.schema.field(name) for name in kept] + list(added.schema)
        if isinstance(table, pa.RecordBatch):
            columns = [_one(column) for column in columns]
        return type(table).from_arrays(columns, schema=pa.schema(fields, metadata=table.schema.metadata))

    def batches(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches with the columns added; a batch with much text comes out in several."""
        for batch in batches:
            yield from (self(piece) for piece in slices(batch, self.column))

    def _added(self, column: pa.Array | pa.ChunkedArray) -> pa.Table:
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        found = pa.table(self.cleaner.table(column, structure=self.structure, threads=self.threads))
        return pa.table({name: found.column(source) for name, source in self.names.items()})


def slices(batch: pa.RecordBatch, column: str) -> Iterator[pa.RecordBatch]:
    """A batch in pieces of so many rows that each has about `SLICE_BYTES` of text at most."""
    size = batch.column(column).nbytes
    rows = max(1, batch.num_rows * SLICE_BYTES // size) if size > SLICE_BYTES else batch.num_rows
    for start in range(0, batch.num_rows, max(1, rows)):
        yield batch.slice(start, rows)


def _one(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The chunks of a column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
