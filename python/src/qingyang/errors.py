"""The exceptions of the package. Each is a ValueError; a value of a wrong type is a TypeError, as everywhere."""

from __future__ import annotations


class Error(ValueError):
    """What all exceptions of the package have in common."""


class OptionError(Error):
    """An option has a value that it cannot have."""


class DecodeError(Error):
    """An encoding does not decode every byte."""

    offset: int | None
    """The byte of the input where decoding stopped."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.offset = offset


class LayoutError(Error):
    """A file is no layout of a known format, or breaks the rules of its format."""


class RowError(Error):
    """A row of many cannot be cleaned."""

    index: int | None
    """The index of the row, from 0."""
    reason: str
    """Why, without the index."""

    def __init__(self, message: str, index: int | None = None, reason: str = "") -> None:
        super().__init__(message)
        self.index = index
        self.reason = reason or message
