"""Polars: an expression over a column of Arrow, in a lazy frame."""

import polars as pl
from pages import CLEAN, PAGES

from qingyang import Cleaner

cleaner = Cleaner(furniture="drop")


def clean(column: pl.Series) -> pl.Series:
    """All cores clean the column; a row that cannot be cleaned becomes null."""
    return pl.Series(column.name, cleaner.many(column, on_error="null"))


frame = pl.LazyFrame({"text": PAGES}).with_columns(clean=pl.col("text").map_batches(clean, return_dtype=pl.String))
assert frame.collect()["clean"].to_list() == CLEAN
print(frame.collect()["clean"][0])
