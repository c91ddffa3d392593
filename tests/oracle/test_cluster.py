"""The same jobs on a real cluster: executors and a worker die on the way, and nothing differs.

SLUICE_CLUSTER_ROWS says how many events; `./sluice test --long` takes more.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from conftest import CONTRACTS, ROOT, must, sluice
from sluice_oracle.cluster import Cluster, Lake
from sluice_oracle.compare import differences, rows, tables
from sluice_oracle.home import Home
from sluice_oracle.processes import await_that, command_line, running
from sluice_oracle.production import BUCKET
from verbs import JVM

DATA_SET = "video-detections"
ROWS = int(os.environ.get("SLUICE_CLUSTER_ROWS", "4000"))
LIMIT = 1_200 + ROWS / 1000


@dataclass
class Ran:
    """Two lakes of the same messages: made in one JVM, and on a cluster that lost its parts."""

    cluster: Cluster
    dist: Path
    local: Lake
    spark: Lake
    command_lines: list[str]
    killed: list[str]

    def events(self) -> list[dict]:
        """Spark's event log of the run on the cluster."""
        (log,) = (self.spark.home / "logs" / "spark").glob("app-*")
        return [json.loads(line) for line in log.read_text().splitlines()]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("cluster")
    dist = folder / "dist"
    home = folder / "home"
    cluster = Cluster(folder / "cluster", Home(home))
    try:
        must(
            subprocess.run(
                [str(ROOT / "sluice"), "dist", str(dist)], capture_output=True, text=True
            )
        )
        must(sluice(home, "up"))
        cluster.start()
        local = cluster.lake("local", "local[2]", f"file://{folder}/warehouse")
        spark = cluster.lake(
            "spark",
            f"spark://127.0.0.1:{cluster.master}",
            f"s3a://{BUCKET}/warehouse",
            **{
                "spark.executor.cores": "1",
                "spark.executor.memory": "1g",
                "spark.executor.extraJavaOptions": JVM,
            },
        )
        events = folder / "events.jsonl"
        size = ("--rows", str(ROWS), "--seed", "11", "--out", str(events))
        must(sluice(home, "generate", DATA_SET, *size))
        must(sluice(home, "produce", DATA_SET, str(events)))
        for lake in (local, spark):
            by_hand(cluster, lake, "contracts", "apply", DATA_SET)
            places = CONTRACTS / "samples" / "locations.csv"
            by_hand(cluster, lake, "reference", "load", "locations", str(places))
        by_hand(cluster, local, "run", DATA_SET)
        assert cluster.copy_keysets(local, spark) == 3
        seen, killed = run_and_kill(cluster, dist, spark)
        yield Ran(cluster, dist, local, spark, seen, killed)
    finally:
        cluster.stop()
        sluice(home, "down")


def by_hand(cluster: Cluster, lake: Lake, *words: str) -> None:
    env = cluster.environment()
    must(sluice(lake.home, *words, "--config", str(lake.config), env=env, limit=int(LIMIT)))


def run_and_kill(cluster: Cluster, dist: Path, lake: Lake) -> tuple[list[str], list[str]]:
    """Run all steps on the cluster; in mid-promotion kill an executor, later a worker."""
    submitted = cluster.submit(dist, lake, "run", DATA_SET, options=JVM)
    out = lake.home / "run.out"
    log = lake.home / "logs" / "spark"
    seen: set[str] = set()
    killed: list[str] = []

    def stages() -> int:
        seen.update(command_line(pid) for pid in running())
        assert submitted.poll() is None, out.read_text()[-6000:]
        return sum(f.read_text().count("SparkListenerStageSubmitted") for f in log.iterdir())

    try:
        await_that("landing", lambda: stages() and " s  land " in out.read_text(), LIMIT)
        before = stages()
        await_that("a stage of promotion", lambda: stages() > before + 1, LIMIT)
        victim = cluster.executors("worker-0")[0]
        os.kill(victim, signal.SIGKILL)
        killed.append("executor")
        again = stages()
        await_that("a later stage", lambda: stages() > again + 2, LIMIT)
        assert " s  promote " not in out.read_text(), "promotion ended before the worker was killed"
        cluster.processes["worker-1"].send_signal(signal.SIGKILL)
        killed.append("worker")
        await_that("the end", lambda: submitted.poll() is not None or stages() < 0, LIMIT)
    finally:
        if submitted.poll() is None:
            os.killpg(submitted.pid, signal.SIGKILL)
        submitted.wait()
    assert submitted.returncode == 0, out.read_text()[-6000:]
    return sorted(seen), killed


def test_executors_and_a_worker_died_while_it_ran(ran: Ran) -> None:
    assert ran.killed == ["executor", "worker"]
    kinds = [event["Event"] for event in ran.events()]
    assert kinds.count("SparkListenerExecutorRemoved") >= 2
    last_loss = len(kinds) - kinds[::-1].index("SparkListenerExecutorRemoved")
    assert "SparkListenerStageCompleted" in kinds[last_loss:]


def test_work_was_done_by_executors_in_their_own_processes(ran: Ran) -> None:
    tasks = [e["Task Info"] for e in ran.events() if e["Event"] == "SparkListenerTaskEnd"]

    assert {task["Executor ID"] for task in tasks} >= {"0", "1"}
    assert "driver" not in {task["Executor ID"] for task in tasks}


def test_every_table_equals_the_one_of_a_local_run(ran: Ran) -> None:
    local, spark = ran.cluster.catalog(ran.local), ran.cluster.catalog(ran.spark)

    faults, counts = differences(local, spark)

    assert faults == []
    assert counts["city_raw.video_detections"] >= ROWS
    assert min(counts.values()) > 0, counts
    assert all(
        spark.load_table(table).metadata.location.startswith("s3a://") for table in tables(spark)
    )


def test_tokens_are_equal_because_the_keysets_are(ran: Ran) -> None:
    table = "city_stage.video_detections"
    tokens = [
        {v for v in rows(ran.cluster.catalog(lake), table)["license_plate"].to_pylist() if v}
        for lake in (ran.local, ran.spark)
    ]

    assert tokens[0] == tokens[1]
    assert len(tokens[0]) > 1


def test_a_second_run_finds_nothing_to_do(ran: Ran) -> None:
    again = sluice(
        ran.spark.home,
        *("promote", DATA_SET, "--config", str(ran.spark.config), "--dry-run"),
        env=ran.cluster.environment(),
    )

    assert "NothingToDo" in must(again).stdout + again.stderr


def test_files_land_from_a_bucket_once(ran: Ran) -> None:
    with gzip.open(CONTRACTS / "samples" / "flights.jsonl.gz", "rt") as lines:
        flights = [json.loads(line) for line in itertools.islice(lines, 300)]
    text = io.StringIO()
    writer = csv.DictWriter(text, flights[0], restval="NA", lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: "NA" if v is None else v for k, v in f.items()} for f in flights)
    bucket = ran.cluster.bucket()
    for name in ("first.csv", "copies/same.csv"):
        with bucket.open_output_stream(
            f"{BUCKET}/drop-{ran.spark.name}/airports/flights/{name}"
        ) as out:
            out.write(text.getvalue().encode())

    by_hand(ran.cluster, ran.spark, "contracts", "apply", "flights")
    submitted = ran.cluster.submit(ran.dist, ran.spark, "land", "flights", options=JVM)

    assert submitted.wait(LIMIT) == 0, (ran.spark.home / "land.out").read_text()[-3000:]
    landed = rows(ran.cluster.catalog(ran.spark), "airports_raw.flights")
    in_order = sorted(zip(landed["sequence"].to_pylist(), landed["value"].to_pylist(), strict=True))
    assert [value.decode() for _, value in in_order] == text.getvalue().splitlines()[1:]


def test_days_are_done_again_by_spark_submit(ran: Ran) -> None:
    catalog = ran.cluster.catalog(ran.spark)
    stage, product = "city_stage.video_detections", "city_refined.detections"
    before = {table: rows(catalog, table) for table in (stage, product)}
    days = {when.date() for when in before[stage]["detected_at"].to_pylist()}
    between = ("--from", str(min(days)), "--to", str(max(days) + timedelta(days=1)))

    submitted = ran.cluster.submit(
        ran.dist,
        ran.spark,
        *("backfill", DATA_SET, *between, "--zones", "stage,refined", "--mode", "force"),
        options=JVM,
    )

    assert submitted.wait(LIMIT) == 0, (ran.spark.home / "backfill.out").read_text()[-3000:]
    for table, was in before.items():
        now = rows(catalog, table)
        assert min(now["_edition"].to_pylist()) > max(was["_edition"].to_pylist()), table
        assert contents(now) == contents(was), table


def contents(table: pa.Table) -> list[str]:
    """Rows as sorted text, without the edition that wrote them."""
    kept = table.drop_columns(["_edition"])
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in kept.to_pylist())


def test_no_secret_is_on_a_command_line_or_in_a_log(ran: Ran) -> None:
    places = {f"command line {i}": text for i, text in enumerate(ran.command_lines)}
    for folder in (ran.cluster.folder / "logs", ran.cluster.folder / "work", ran.spark.home):
        for file in folder.rglob("*"):
            if file.is_file() and file.suffix != ".jar":
                places[str(file)] = file.read_bytes().decode("utf-8", "replace")
    assert any("SparkListenerSQLExecutionStart" in text for text in places.values())
    assert any("CoarseGrainedExecutorBackend" in line for line in ran.command_lines)
    assert sum("/work/" in name and name.endswith("stderr") for name in places) >= 2

    found = [
        f"{name} in {place}"
        for place, text in places.items()
        for name, value in ran.cluster.secret.items()
        if value in text
    ]

    assert found == []


def test_executors_log_without_what_stands_in_quotes(ran: Ran) -> None:
    """As everywhere: what an executor quotes may be a value of a row."""
    logs = [f.read_text() for f in (ran.cluster.folder / "work").rglob("stderr")]
    submitted = [log for log in logs if str(ran.dist / "logging.jar") in log]
    quoted = [re.findall(r"started service ('[^']*')", log) for log in submitted]

    assert len([found for found in quoted if found]) >= 2
    assert {name for found in quoted for name in found} == {"'...'"}


def test_the_scan_would_find_a_secret(ran: Ran) -> None:
    """Spark's event log is not hidden as a whole: a neutral value of the same settings is there."""
    logs = list((ran.spark.home / "logs" / "spark").glob("app-*"))

    assert any(f"s3a://{BUCKET}/warehouse" in log.read_text() for log in logs)
