"""Every option of the package against the command line: each value, and random combinations.

The pages are all fixtures. `QINGYANG_TOOL` names a built tool; without it the command line of the package stands for it.
"""

from __future__ import annotations

import json
import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import qingyang
from conftest import FIXTURES
from qingyang.types import Options, Vocabulary

TOOL = [tool] if (tool := os.environ.get("QINGYANG_TOOL")) else [sys.executable, "-m", "qingyang"]
#: Seed and number of the random combinations.
SEED = 20
COMBINATIONS = int(os.environ.get("QINGYANG_COMBINATIONS", "24"))

#: A word of each list of the vocabulary, as pages of the fixtures may have it.
WORDS = {
    "posts": "观察员",
    "senders": "渠水社",
    "credits": "绘事",
    "jumps_on": "续见",
    "jumps_back": "承接",
    "furniture": "渠水新闻",
    "editors": "值守",
    "sections": "桥头",
    "papers": "渠水晚报",
}
#: Rules of each kind, in the order in which a settings file groups them.
RULES = [
    {"name": "slogan", "furniture": {"line": "^渠水", "role": "masthead"}},
    {"furniture": {"line": "记者$"}},
    {"name": "ends", "break": {"line": "新桥$", "keep": False}},
    {"break": {"line": "，$", "keep": True}},
    {"name": "comma", "replace": {"find": "，", "put": "、"}},
    {"replace": {"find": "([0-9]+)公里", "put": "${1} km"}},
]


def rules() -> list[str]:
    """The names of the rules that can be switched off, as the tool lists them."""
    listed = subprocess.run([*TOOL, "rules", "--lang=en"], capture_output=True, check=True).stdout.decode()
    names = [line.split()[0] for line in listed.splitlines() if line[:1].isalpha()]
    return [name for name in names if accepts({"skip": [name]})]


def accepts(options: dict[str, Any]) -> bool:
    """Whether the package takes these options."""
    try:
        qingyang.Cleaner(**options)
    except qingyang.OptionError:
        return False
    return True


def values() -> dict[str, list[Any]]:
    """The values of each option that are tried. Those of a choice are read from its type."""
    names = rules()
    assert len(names) >= 20, names
    tried: dict[str, list[Any]] = {
        "skip": [[name] for name in names],
        "only": [[name] for name in names],
        "encoding": ["utf-8", "utf-16le", "utf-16be", "gb18030", "gbk", "big5"],
        "vocabulary": [{key: [WORDS[key]]} for key in get_type_hints(Vocabulary)],
        "rules": [[rule] for rule in RULES] + [RULES],
    }
    for option, kind in get_type_hints(Options).items():
        if option not in tried:
            tried[option] = [False, True] if kind is bool else list(get_args(kind))
    return tried


VALUES = values()


def combinations() -> Iterator[dict[str, Any]]:
    """Random options: each with a chance of a half, and lists of several names."""
    draw = random.Random(SEED)
    for _ in range(COMBINATIONS):
        options = {option: draw.choice(tried) for option, tried in VALUES.items() if draw.random() < 0.5}
        dropped = draw.choice(["skip", "only"])
        options.pop(dropped, None)  # They exclude each other.
        for option in ("skip", "only"):
            if option in options:
                names = [name for one in VALUES[option] for name in one]
                own = ["custom:slogan", "custom:break-2"] if options.get("rules") == RULES else []
                options[option] = draw.sample([*names, *own], draw.randint(1, 8))
        if "vocabulary" in options:
            options["vocabulary"] = {key: [WORDS[key]] for key in draw.sample(list(WORDS), 4)}
        yield options


#: Each value alone, and combinations.
SINGLE = [{option: value} for option, tried in VALUES.items() for value in tried]
COMBINED = list(combinations())
ALL: list[dict[str, Any]] = [{}, *SINGLE, *COMBINED]


def named(options: dict[str, Any]) -> str:
    """The name of a case."""
    return ",".join(f"{key}={value}" for key, value in options.items())[:60] or "default"


def words(options: dict[str, Any], folder: Path) -> list[str]:
    """The same options for the command line; rules and vocabulary in a settings file."""
    given, settings = [], ""
    for option, value in options.items():
        key = option.replace("_", "-")
        if option == "vocabulary":
            settings += "[vocabulary]\n" + "".join(map(entry, value.items()))
        elif option == "rules":
            settings += "".join(map(table, value))
        elif isinstance(value, bool):
            given.append(f"--{key}={str(value).lower()}")
        else:
            given += [f"--{key}={one}" for one in (value if isinstance(value, list) else [value])]
    config = folder / "qingyang.toml"
    config.write_text(settings, encoding="utf-8")
    return [*given, f"--config={config}"]


def entry(words: tuple[str, list[str]]) -> str:
    """A list of words as a key of a settings file."""
    return f"{words[0].replace('_', '-')} = {json.dumps(words[1])}\n"


def table(rule: dict[str, Any]) -> str:
    """A rule as a table of a settings file. TOML takes the strings of JSON."""
    (kind,) = rule.keys() - {"name"}
    keys = {**({"name": rule["name"]} if "name" in rule else {}), **rule[kind]}
    return f"[[{kind}]]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())


def run(args: list[str], data: bytes) -> bytes:
    """What the tool writes."""
    done = subprocess.run([*TOOL, "-q", *args], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def encoded(issue: str, options: dict[str, Any]) -> bytes:
    """The issue in the encoding of the options; with malformed bytes if these are to be replaced."""
    data = issue.encode(options.get("encoding", "utf-8"), errors="ignore")
    if options.get("lossy") and options.get("encoding", "utf-8") in ("utf-8", "gb18030", "gbk", "big5"):
        half = issue[: len(issue) // 2].encode(options.get("encoding", "utf-8"), errors="ignore")
        data = half + b"\xff" + data[len(half) :] + b"\xff\xff"
    return data


def entries(proof: qingyang.Proof) -> list[dict[str, Any]]:
    """The ledger of a proof, as the tool writes it."""
    keys = ("rule", "start", "end", "line", "before", "after")
    written = []
    for entry in proof.ledger:
        line = {key: getattr(entry, key) for key in keys}
        line["confidence"] = pytest.approx(entry.confidence, abs=0.0006)
        if entry.malformed:
            line["malformed"] = [[start, data.hex()] for start, data in entry.malformed]
        written.append(line)
    return written


def ledger_of(path: Path) -> list[dict[str, Any]]:
    """The entries of a ledger that the tool wrote, without its head and the name of the input."""
    lines = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    return [{key: value for key, value in line.items() if key != "input"} for line in lines[1:]]


def breaks(proof: qingyang.Proof) -> list[tuple[int, int, bool, Any]]:
    """The line breaks of a proof that `--uncertain=1` tells: not those that a rule decided, and none that is certain."""

    def is_uncertain(probability: float) -> bool:
        (certainty,) = struct.unpack("f", struct.pack("f", max(probability, 1 - probability)))  # As the model has it.
        return bool(certainty < 1)

    told = (b for b in proof.breaks if b.rule is None and is_uncertain(b.probability))
    return [(b.source, b.line, b.kept, pytest.approx(b.probability, abs=0.0006)) for b in told]


@pytest.fixture(scope="session")
def issue(pages: Sequence[str]) -> str:
    """All fixtures as the pages of one input."""
    return "\f".join(pages)


def test_every_option_of_the_package_is_tried() -> None:
    assert set(VALUES) == set(get_type_hints(Options))
    assert all(accepts(options) for options in ALL)


@pytest.mark.parametrize("options", ALL, ids=named)
def test_a_proof_is_that_of_the_command_line(options: dict[str, Any], issue: str, tmp_path: Path) -> None:
    data = encoded(issue, options)
    given = words(options, tmp_path)
    cleaner = qingyang.Cleaner(**options)
    proof = cleaner.proof(data)
    assert cleaner.clean_bytes(data).encode() == proof.text.encode() == run(given, data), "the text"

    ledger = tmp_path / "ledger.jsonl"
    document = json.loads(run([*given, "--format=json", "--uncertain=1", f"--ledger={ledger}"], data))
    told = [b for page in document["pages"] for b in page.pop("breaks", [])]
    found = proof.to_dict()
    for page in found["pages"]:
        page.pop("breaks", None)
    assert found == document, "units and articles"
    assert breaks(proof) == [(b["source"], b["line"], b["kept"], b["probability"]) for b in told], "the breaks"
    assert [unit.text for unit in proof.units] == [u["text"] for p in document["pages"] for u in p["units"]]
    assert entries(proof) == ledger_of(ledger), "the ledger"


@pytest.mark.parametrize("options", [{}, *COMBINED], ids=named)
def test_records_are_those_of_the_command_line(options: dict[str, Any], pages: Sequence[str], tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    options = {key: value for key, value in options.items() if key not in ("encoding", "lossy")}  # Records are text.
    records = [*pages, "", " \n", "\ufeff渠 水", "\f".join(pages)]
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in records)
    written = run(["--jsonl", "--field=text", "--add=units", *words(options, tmp_path)], lines.encode())
    want = [json.loads(line) for line in written.decode().split("\n") if line]
    texts = [record["text"] for record in want]
    assert qingyang.clean_many(records, threads=2, **options) == texts, "lists"
    found = pa.table(qingyang.Cleaner(**options).table(pa.array(records), threads=2)).to_pydict()
    assert found["text"] == texts, "Arrow"
    keys = ("id", "role", "confidence", "text")
    units = [[{key: unit[key] for key in keys} for unit in record["units"]] for record in want]
    assert [[{key: unit[key] for key in keys} for unit in row] for row in found["units"]] == units


def test_bytes_of_each_fixture_are_those_of_the_command_line(tmp_path: Path) -> None:
    files = sorted(FIXTURES.glob("*/raw.txt"))
    for path in files:
        data = path.read_bytes()
        ledger = tmp_path / "ledger.jsonl"
        document = json.loads(run(["--no-config", "--format=json", f"--ledger={ledger}"], data))
        proof = qingyang.Cleaner().proof(data)
        assert proof.to_dict() == document, path
        assert entries(proof) == ledger_of(ledger), path


def test_a_layout_is_that_of_the_command_line(pages: Sequence[str], tmp_path: Path) -> None:
    page = [
        [[[10, 20 * n], [10 + 16 * len(line), 20 * n], [10 + 16 * len(line), 20 * n + 16], [10, 20 * n + 16]], line, 0.98]
        for n, line in enumerate(line for page in pages[:40] for line in page.split("\n") if line.strip())
    ]
    data = json.dumps(page, ensure_ascii=False).encode()
    for options in [{}, *COMBINED]:
        options = {key: value for key, value in options.items() if key not in ("encoding", "lossy")}
        document = json.loads(run(["--format=json", *words(options, tmp_path)], data))
        assert qingyang.Cleaner(**options).layout(page).to_dict() == document, options


def test_a_page_longer_than_a_window_is_that_of_the_command_line(pages: Sequence[str]) -> None:
    book = "".join(page.replace("\f", "\n") + "\n" for page in pages) * 2
    assert len(book.encode()) > 256 << 10
    document = json.loads(run(["--no-config", "--format=json"], book.encode()))
    assert qingyang.Cleaner().proof(book.encode()).to_dict() == document
    for page in document["pages"]:
        page["encoding"] = None  # A str has none.
    assert qingyang.Cleaner().proof(book).to_dict() == document
