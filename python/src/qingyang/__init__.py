"""Clean proofs 清样 of Chinese newspaper pages, from OCR and from the text layer of PDF files.

>>> import qingyang
>>> qingyang.clean("渠 水 流 过 桥 头 镇。\\n")
'渠水流过桥头镇。\\n'

`clean`, `clean_bytes` and `Cleaner.proof` take a page; its clean text ends in a line feed, like a file. `clean_many` and
`Cleaner.table` take records, the values of a column; a clean record has no line feed at its end, as in the JSON Lines of the
command line.
"""

from qingyang._qingyang import (
    Article,
    Break,
    Cleaner,
    Entry,
    Part,
    Proof,
    Unit,
    __version__,
    clean,
    clean_bytes,
    clean_many,
)
from qingyang.errors import DecodeError, Error, LayoutError, OptionError, RowError

__all__ = [
    "Article",
    "Break",
    "Cleaner",
    "DecodeError",
    "Entry",
    "Error",
    "LayoutError",
    "OptionError",
    "Part",
    "Proof",
    "RowError",
    "Unit",
    "__version__",
    "clean",
    "clean_bytes",
    "clean_many",
]
