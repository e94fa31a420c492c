from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, final, overload

from typing_extensions import Unpack

from qingyang.errors import RowError
from qingyang.types import ArrowArray, ArrowStream, Options, Vocabulary

__version__: str

def clean(text: str, /) -> str: ...
def clean_bytes(data: bytes | bytearray, /, encoding: str | None = None) -> str: ...
@overload
def clean_many(
    rows: ArrowArray,
    /,
    *,
    threads: int | None = None,
    on_error: Literal["raise", "null"] = "raise",
    **options: Unpack[Options],
) -> ArrowArray: ...
@overload
def clean_many(
    rows: ArrowStream,
    /,
    *,
    threads: int | None = None,
    on_error: Literal["raise", "null"] = "raise",
    **options: Unpack[Options],
) -> ArrowStream: ...
@overload
def clean_many(
    rows: Iterable[str],
    /,
    *,
    threads: int | None = None,
    on_error: Literal["raise"] = "raise",
    **options: Unpack[Options],
) -> list[str]: ...
@overload
def clean_many(
    rows: Iterable[str | bytes | bytearray | None],
    /,
    *,
    threads: int | None = None,
    on_error: Literal["raise", "null"] = "raise",
    **options: Unpack[Options],
) -> list[str | None]: ...
@overload
def clean_many(
    rows: Iterable[object],
    /,
    *,
    threads: int | None = None,
    on_error: Literal["return"],
    **options: Unpack[Options],
) -> list[str | None | RowError]: ...

@final
class Cleaner:
    def __new__(
        cls,
        *,
        width: Literal["half", "keep"] = "half",
        cjk_latin_space: Literal["none", "one", "keep"] = "none",
        furniture: Literal["keep", "drop"] = "keep",
        blank_lines: bool = False,
        join_across: bool = False,
        order: Literal["auto", "source", "reading"] = "auto",
        split: Literal["unit", "sentence"] = "unit",
        skip: Iterable[str] = (),
        only: Iterable[str] = (),
        encoding: str | None = None,
        lossy: bool = False,
        vocabulary: Vocabulary | None = None,
        rules: Sequence[Mapping[str, Any]] | None = None,
        repair: Literal["none", "mojibake"] = "none",
    ) -> Cleaner: ...
    @property
    def options(self) -> dict[str, Any]: ...
    def clean(self, text: str, /) -> str: ...
    def clean_bytes(self, data: bytes | bytearray, /, encoding: str | None = None) -> str: ...
    def proof(self, text: str | bytes | bytearray, /) -> Proof: ...
    def layout(
        self, data: bytes | bytearray | str | dict[str, Any] | list[Any], /, format: str | None = None
    ) -> Proof: ...
    @overload
    def many(
        self, rows: ArrowArray, /, *, threads: int | None = None, on_error: Literal["raise", "null"] = "raise"
    ) -> ArrowArray: ...
    @overload
    def many(
        self, rows: ArrowStream, /, *, threads: int | None = None, on_error: Literal["raise", "null"] = "raise"
    ) -> ArrowStream: ...
    @overload
    def many(
        self, rows: Iterable[str], /, *, threads: int | None = None, on_error: Literal["raise"] = "raise"
    ) -> list[str]: ...
    @overload
    def many(
        self,
        rows: Iterable[str | bytes | bytearray | None],
        /,
        *,
        threads: int | None = None,
        on_error: Literal["raise", "null"] = "raise",
    ) -> list[str | None]: ...
    @overload
    def many(
        self, rows: Iterable[object], /, *, threads: int | None = None, on_error: Literal["return"]
    ) -> list[str | None | RowError]: ...
    def table(
        self, rows: ArrowArray | ArrowStream, /, *, structure: bool = True, threads: int | None = None
    ) -> ArrowStream: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Proof:
    @property
    def text(self) -> str: ...
    @property
    def encoding(self) -> str | None: ...
    @property
    def units(self) -> list[Unit]: ...
    @property
    def articles(self) -> list[Article]: ...
    @property
    def ledger(self) -> list[Entry]: ...
    @property
    def breaks(self) -> list[Break]: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Unit:
    @property
    def role(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def text(self) -> str: ...
    @property
    def sources(self) -> list[tuple[int, int]]: ...
    @property
    def parts(self) -> list[Part]: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Part:
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Article:
    @property
    def headline(self) -> list[int]: ...
    @property
    def body(self) -> list[int]: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Entry:
    @property
    def rule(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def malformed(self) -> list[tuple[int, bytes]]: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Break:
    @property
    def source(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def kept(self) -> bool: ...
    @property
    def probability(self) -> float: ...
    @property
    def rule(self) -> str | None: ...
    def __eq__(self, other: object, /) -> bool: ...

def run_command(args: Sequence[str]) -> int: ...
