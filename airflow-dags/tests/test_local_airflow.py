"""What a local Airflow stops at its end: the services that it started, and no others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "infra" / "airflow"))

from local_airflow.lake import Lake  # noqa: E402

MAIN = "dev.sluice.embedded.EmbeddedServices"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    (tmp_path / "services").mkdir()
    return Lake(tmp_path, lambda line: None)


@pytest.fixture
def services() -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like the services'."""
    process = subprocess.Popen([sys.executable, "-c", "input()", MAIN], stdin=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def write(lake: Lake, pids: dict[str, int]) -> None:
    (lake.home / "services" / "services.json").write_text(json.dumps({"pids": pids}))


def test_services_that_run_are_up(lake: Lake, services: subprocess.Popen[bytes]) -> None:
    write(lake, {"services": services.pid})

    assert lake.is_up()


def test_a_home_without_services_is_not_up(lake: Lake) -> None:
    assert not lake.is_up()


def test_a_file_that_stayed_after_down_is_not_up(lake: Lake) -> None:
    write(lake, {})

    assert not lake.is_up()


def test_an_id_that_is_somebody_elses_by_now_is_not_up(lake: Lake) -> None:
    write(lake, {"services": os.getpid()})

    assert not lake.is_up()


def test_services_that_were_killed_are_not_up(
    lake: Lake, services: subprocess.Popen[bytes]
) -> None:
    write(lake, {"services": services.pid})
    services.kill()
    services.wait()

    assert not lake.is_up()
