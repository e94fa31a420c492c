"""Cleaning a column of a Spark DataFrame, by `mapInArrow`.

>>> from qingyang import spark as qingyang_spark
>>> clean = qingyang_spark.clean(df, "text", into="clean", options={"furniture": "drop"})

Each task reads batches of Arrow, cleans them on its own core and hands them on; a batch is dropped before the next one
comes. A row that cannot be cleaned has its reason in the column `clean_error`, and the job goes on. A task that is
repeated, after an executor was lost, gives the same bytes again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.types import (
    ArrayType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from qingyang.tables import CleanColumn

#: The units of a text, as `Cleaner.table` has them.
UNITS = ArrayType(
    StructType(
        [
            StructField("id", LongType()),
            StructField("page", LongType()),
            StructField("role", StringType()),
            StructField("confidence", DoubleType()),
            StructField("text", StringType()),
        ]
    )
)

#: Its articles, which name their units by their ids.
ARTICLES = ArrayType(
    StructType(
        [
            *(
                StructField(name, StringType())
                for name in ("title", "kicker", "deck", "byline", "dateline", "jump", "resume")
            ),
            *(StructField(name, ArrayType(LongType())) for name in ("headline", "body")),
        ]
    )
)

_TYPES = {"text": StringType(), "error": StringType(), "units": UNITS, "articles": ARTICLES}


def clean(
    df: DataFrame,
    column: str,
    into: str = "clean",
    *,
    structure: bool = False,
    options: Mapping[str, Any] | None = None,
    partitions: int | None = None,
) -> DataFrame:
    """Add the clean text of a column, a string or a binary, as the column `into`.

    The column `into`_error says why a row could not be cleaned. With `structure`, `into`_units and `into`_articles hold
    what the text consists of. `options` are those of `qingyang.Cleaner`; a wrong one raises here and not in a task.
    `partitions` spreads the rows evenly first, which a few large partitions need.
    """
    if column not in df.columns:
        raise ValueError(f"column: the DataFrame has no column {column!r}; it has {', '.join(df.columns)}")
    step = CleanColumn(column, into, structure=structure, options=options)
    names = step.names
    kept = [field for field in df.schema.fields if field.name not in names]
    added = [StructField(name, _TYPES[source]) for name, source in names.items()]
    if partitions is not None:
        df = df.repartition(partitions)

    def cleaned(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return step.batches(batches)

    return df.mapInArrow(cleaned, StructType(kept + added))
