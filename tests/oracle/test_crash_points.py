"""kill -9 at every named point of a run; the rerun must leave each message with one fate."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CONTRACTS, ROOT, must, sluice
from sluice_oracle.__main__ import faults
from sluice_oracle.home import Home, rows_of

POINTS = [
    f"{act}.{when}"
    for act in (
        "raw-commit",
        "quarantine-publish",
        "stage-publish",
        "refined-publish",
        "export-load",
        "export-swap",
    )
    for when in ("before", "after")
]
DATA_SET = "video-detections"
ROWS = 3_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("crash") / "lakehouse"
    try:
        must(sluice(folder, "up"))
        places = CONTRACTS / "samples" / "locations.csv"
        must(sluice(folder, "reference", "load", "locations", str(places)))
        yield Home(folder)
    finally:
        sluice(folder, "down")


def _run_until_killed(home: Home, point: str) -> None:
    """Start a run that stops at the point, and kill it there with SIGKILL."""
    reached = home.folder / f"reached-{point}"
    env = {
        **os.environ,
        "SLUICE_EXTRA_CLASSPATH": str(ROOT / "tests" / "target" / "test-classes"),
        "SLUICE_JAVA_OPTS": f"-Dsluice.test.pauseAt={point} -Dsluice.test.reached={reached}",
    }
    with (home.folder / f"killed-{point}.out").open("w") as out:
        process = subprocess.Popen(
            [str(ROOT / "sluice"), "run", DATA_SET, "--home", str(home.folder)],
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            limit = time.monotonic() + 240
            while not reached.exists():
                assert process.poll() is None, (
                    f"the run ended {process.returncode} before it reached {point}:\n"
                    + Path(out.name).read_text()[-4000:]
                )
                assert time.monotonic() < limit, f"the run never reached {point}"
                time.sleep(0.05)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("number, point", enumerate(POINTS), ids=POINTS)
def test_killed_run_is_completed_by_the_next(home: Home, number: int, point: str) -> None:
    events = home.folder / f"events-{number}.jsonl"
    must(
        sluice(
            home.folder,
            "generate",
            DATA_SET,
            *("--rows", str(ROWS), "--seed", str(100 + number), "--out", str(events)),
        )
    )
    must(sluice(home.folder, "produce", DATA_SET, str(events)))

    _run_until_killed(home, point)
    must(sluice(home.folder, "run", DATA_SET))

    assert faults(home, CONTRACTS, [DATA_SET]) == []
    raw = rows_of(home.catalog(), "city_raw.video_detections")
    assert raw.num_rows >= ROWS * (number + 1)
