"""Types for annotations: what functions take and give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypedDict


class ArrowArray(Protocol):
    """An object with the PyCapsule interface of Arrow for an array: of pyarrow, or made here."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """The schema and the array, as two capsules."""
        ...


class ArrowStream(Protocol):
    """An object with the PyCapsule interface of Arrow for a stream: of polars, pandas, pyarrow, or made here."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The stream, as a capsule."""
        ...


class Vocabulary(TypedDict, total=False):
    """Words that are added to the vocabulary of the rules, as `[vocabulary]` in the settings."""

    posts: list[str]
    senders: list[str]
    credits: list[str]
    jumps_on: list[str]
    jumps_back: list[str]
    furniture: list[str]
    editors: list[str]
    sections: list[str]
    papers: list[str]


class Options(TypedDict, total=False):
    """The options of `Cleaner`."""

    width: Literal["half", "keep"]
    cjk_latin_space: Literal["none", "one", "keep"]
    furniture: Literal["keep", "drop"]
    blank_lines: bool
    join_across: bool
    order: Literal["auto", "source", "reading"]
    split: Literal["unit", "sentence"]
    skip: Iterable[str]
    only: Iterable[str]
    encoding: str | None
    lossy: bool
    vocabulary: Vocabulary | None
    rules: Sequence[Mapping[str, Any]] | None
    repair: Literal["none", "mojibake"]
