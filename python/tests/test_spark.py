"""Spark itself, in local mode with two workers: the same bytes as the command line, whatever happens to a task.

`QINGYANG_SPARK_RECORDS` sets the number of records of the comparison with the command line, 2,000 by default.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import qingyang
from conftest import CLEAN, PAGE

pytest.importorskip("pyspark")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
if shutil.which("java") is None:
    pytest.skip("java is missing", allow_module_level=True)

from pyspark import cloudpickle  # noqa: E402
from pyspark.sql import DataFrame, SparkSession, functions as F  # noqa: E402

from qingyang import spark as qingyang_spark  # noqa: E402

# Workers cannot import this file.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

RECORDS = int(os.environ.get("QINGYANG_SPARK_RECORDS", "2000"))


def session(master: str, **settings: str) -> SparkSession:
    """A session on this machine alone."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master).appName("qingyang")
    given = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.memory": "1g",
        **settings,
    }
    for key, value in given.items():
        builder = builder.config(key, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("OFF")
    return started


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """Two workers; a task may fail three times."""
    started = session("local[2,4]")
    yield started
    started.stop()


def rows(df: DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of these columns, in the order of `id`."""
    return [tuple(row[c] for c in columns) for row in df.orderBy("id").collect()]


def test_a_column_is_added(spark: SparkSession) -> None:
    df = spark.createDataFrame([(1, PAGE), (2, None), (3, ""), (4, "第3版\n渠 水")], "id long, text string")
    clean = qingyang_spark.clean(df, "text")
    assert clean.columns == ["id", "text", "clean", "clean_error"]
    assert rows(clean, "clean") == [(CLEAN.removesuffix("\n"),), (None,), ("",), ("第3版\n渠水",)]
    assert rows(clean, "clean_error") == [(None,)] * 4
    dropped = qingyang_spark.clean(df, "text", into="text", options={"furniture": "drop"})
    assert dropped.columns == ["id", "text", "text_error"]
    assert rows(dropped, "text")[3] == ("渠水",)


def test_what_is_wrong_raises_before_any_task(spark: SparkSession) -> None:
    df = spark.createDataFrame([(1, PAGE)], "id long, text string")
    with pytest.raises(ValueError, match="the DataFrame has no column 'txet'; it has id, text"):
        qingyang_spark.clean(df, "txet")
    with pytest.raises(qingyang.OptionError):
        qingyang_spark.clean(df, "text", options={"width": "wide"})


def test_bad_rows_go_to_a_column_and_the_job_goes_on(spark: SparkSession) -> None:
    data = [(n, bytearray(b"\xff\xff\xff" if n % 10 == 7 else PAGE.encode())) for n in range(200)]
    df = spark.createDataFrame(data, "id long, text binary").repartition(8)
    clean = qingyang_spark.clean(df, "text", options={"encoding": "utf-8"})
    for n, text, error in rows(clean, "id", "clean", "clean_error"):
        if n % 10 == 7:
            assert text is None and error.startswith("byte 0: FF is not valid UTF-8")
        else:
            assert (text, error) == (CLEAN.removesuffix("\n"), None)


def test_a_string_that_is_no_utf8_is_a_bad_row(spark: SparkSession) -> None:
    """Spark does not check its strings."""
    df = spark.createDataFrame([(1, bytearray(b"\xb2\xe2\xca\xd4"))], "id long, raw binary")
    df = df.select("id", F.expr("cast(raw as string)").alias("text"))
    [(text, error)] = rows(qingyang_spark.clean(df, "text").select("id", "clean", "clean_error"), "clean", "clean_error")
    assert text is None and "is not valid UTF-8" in error


def test_structure_is_nested_columns(spark: SparkSession) -> None:
    df = spark.createDataFrame([(1, PAGE), (2, None)], "id long, text string")
    clean = qingyang_spark.clean(df, "text", structure=True)
    titles = clean.select("id", F.explode("clean_articles.title").alias("title"))
    assert rows(titles, "title") == [("云台渡口通了新桥",)]
    roles = clean.select("id", F.col("clean_units.role").alias("roles"))
    assert rows(roles, "roles") == [(["headline", "body"],), (None,)]


def test_skewed_partitions_give_the_same_and_can_be_evened_out(spark: SparkSession) -> None:
    df = spark.range(600).withColumn("text", F.concat(F.col("id").cast("string"), F.lit("\n" + PAGE)))
    skewed = df.repartition(6, F.expr("cast(id > 590 as int)"))
    sizes = skewed.rdd.glom().map(len).collect()
    assert max(sizes) > 500
    want = rows(qingyang_spark.clean(df, "text"), "clean")
    assert rows(qingyang_spark.clean(skewed, "text"), "clean") == want
    even = qingyang_spark.clean(skewed, "text", partitions=6)
    assert max(even.rdd.glom().map(len).collect()) <= 110
    assert rows(even, "clean") == want


def corpus(pages: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Distinct records: the fixtures, each with a number; now and then a null or an empty text."""
    for n in range(RECORDS):
        page: str | None = f"{n}\n{pages[n % len(pages)]}"
        yield {"id": n, "text": "" if n % 997 == 5 else page}


def test_records_are_those_of_the_command_line_byte_for_byte(
    spark: SparkSession, pages: Sequence[str], tmp_path: Path, record_property: Any
) -> None:
    source, target, parquet = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "clean.parquet"
    with source.open("w", encoding="utf-8", newline="\n") as lines:
        for record in corpus(pages):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    began = time.monotonic()
    words = ["--jsonl", "--field=text", "--no-config", str(source), "-o", str(target)]
    subprocess.run([sys.executable, "-m", "qingyang", *words], check=True)
    command_line = time.monotonic() - began
    began = time.monotonic()
    df = spark.read.schema("id long, text string").json(str(source))
    qingyang_spark.clean(df, "text").write.parquet(str(parquet))
    by_spark = time.monotonic() - began
    table = pq.read_table(parquet).sort_by("id")
    assert table["clean_error"].null_count == table.num_rows == RECORDS
    differ = 0
    with target.open(encoding="utf-8", newline="\n") as lines:
        for line, clean in zip(lines, table["clean"], strict=True):
            differ += json.loads(line)["text"].encode() != clean.as_py().encode()
    assert differ == 0
    files = len(list(parquet.glob("*.parquet")))
    print(
        f"\nspark: {RECORDS} records, {source.stat().st_size / 1e6:.0f} MB, {df.rdd.getNumPartitions()} partitions, {files} files: "
        f"{by_spark:.1f} s; the command line: {command_line:.1f} s; all equal"
    )


def once(marker: Path) -> bool:
    """True for the first caller among all processes."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def killing(marker: Path, executor: bool) -> Any:
    """A step that, once among all tasks and in the middle of a partition, kills its worker, or its whole executor."""

    def step(batches: Iterator[Any]) -> Iterator[Any]:
        for number, batch in enumerate(batches):
            if number == 2 and once(marker):
                pid = os.getpid()
                if executor:
                    while "CoarseGrainedExecutorBackend" not in command(pid):
                        pid = parent(pid)
                os.kill(pid, 9)
                time.sleep(60)
            yield batch

    return step


def broken_in_the_middle(spark: SparkSession, marker: Path, executor: bool) -> None:
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
    df = spark.range(1200, numPartitions=4).withColumn("text", F.concat(F.col("id").cast("string"), F.lit("\n" + PAGE)))
    broken = df.mapInArrow(killing(marker, executor), df.schema)
    found = rows(qingyang_spark.clean(broken, "text"), "id", "clean")
    assert marker.exists(), "nobody was killed"
    want = qingyang.clean_many([f"{n}\n{PAGE}" for n in range(1200)])
    assert found == list(enumerate(want))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_worker_killed_in_the_middle_loses_nothing(spark: SparkSession, tmp_path: Path) -> None:
    broken_in_the_middle(spark, tmp_path / "killed", executor=False)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_an_executor_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """Two executors in processes of their own, in a process of its own: a session has one master."""
    code = (
        "import test_spark, pathlib, sys\n"
        "spark = test_spark.session('local-cluster[2,1,512]', **{'spark.executor.memory': '512m'})\n"
        "test_spark.broken_in_the_middle(spark, pathlib.Path(sys.argv[1]), True)\n"
        "spark.stop()\n"
        "print('nothing was lost')\n"
    )
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "killed")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": here},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and "nothing was lost" in done.stdout, done.stdout + done.stderr
