"""DuckDB: a function of SQL that takes and gives columns of Arrow."""

import duckdb
import pyarrow as pa
from pages import CLEAN, PAGES

from qingyang import Cleaner

cleaner = Cleaner(furniture="drop")


def clean(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A vector of DuckDB has 2,048 rows; DuckDB itself calls from several threads."""
    return pa.chunked_array(cleaner.many(column, threads=1, on_error="null"))


con = duckdb.connect()
con.create_function("qingyang", clean, ["VARCHAR"], "VARCHAR", type="arrow")
con.execute("CREATE TABLE pages (id BIGINT, text VARCHAR)")
con.executemany("INSERT INTO pages VALUES (?, ?)", list(enumerate(PAGES)))
found = con.sql("SELECT qingyang(text) FROM pages ORDER BY id").fetchall()
assert [row[0] for row in found] == CLEAN
print(found[0][0])
