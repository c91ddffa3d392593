"""A backfill asked for on the page, and one by `airflow backfill create`, in a real Airflow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from local_airflow.parts import AIRFLOW
from local_airflow.running import Running, airflow

DAG = "airports.flights.backfill"
WEEK = {"from": "2013-01-07", "to": "2013-01-14"}
ENDED = ("success", "failed")


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    home = Path(tempfile.mkdtemp(prefix="sluice-backfill-"))
    with airflow(home, 0, lambda line: print(line, flush=True)) as running:
        running.lake.bring("flights", 0)
        running.lake.run("run", "flights")
        running.wait(lambda: DAG in running.client.dags(), 120, "the DAG")
        running.client.unpause(DAG)
        yield running
    shutil.rmtree(home, ignore_errors=True)


def ended(running: Running, run: str) -> dict[str, Any]:
    """A run that has come to its end, with its task."""

    def found() -> dict[str, Any]:
        return next(each for each in running.client.runs(DAG) if each["dag_run_id"] == run)

    running.wait(lambda: found()["state"] in ENDED, 300, f"the end of {run}")
    (task,) = running.client.tasks(DAG, run)
    return {"run": found()["state"], "task": task["state"], "tries": task["try_number"]}


def test_the_page_asks_for_a_stretch_and_one_job_does_it(running: Running) -> None:
    nothing_missing = running.client.trigger(DAG, {**WEEK, "mode": "fill-gaps"})
    assert ended(running, nothing_missing) == {"run": "success", "task": "skipped", "tries": 1}

    forced = running.client.trigger(DAG, {**WEEK, "mode": "force", "zones": ["refined"]})
    assert ended(running, forced) == {"run": "success", "task": "success", "tries": 1}


def test_a_run_that_names_no_stretch_fails_at_once(running: Running) -> None:
    assert ended(running, running.client.trigger(DAG)) == {
        "run": "failed",
        "task": "failed",
        "tries": 1,
    }


def test_backfill_create_makes_a_run_of_each_day_and_both_ends_count(running: Running) -> None:
    conf = {"mode": "force", "zones": ["refined"]}
    days = ("--from-date", "2013-01-01", "--to-date", "2013-01-02")
    words = [str(AIRFLOW), "backfill", "create", "--dag-id", DAG, *days]
    subprocess.run(
        [*words, "--dag-run-conf", json.dumps(conf)],
        env=running.place.environment(os.environ),
        check=True,
        stdin=subprocess.DEVNULL,
    )

    runs = [each for each in running.client.runs(DAG) if each["run_type"] == "backfill"]
    assert sorted((run["data_interval_start"], run["data_interval_end"]) for run in runs) == [
        ("2013-01-01T00:00:00Z", "2013-01-02T00:00:00Z"),
        ("2013-01-02T00:00:00Z", "2013-01-03T00:00:00Z"),
    ]
    for run in runs:
        assert ended(running, run["dag_run_id"])["task"] == "success"
