"""One lake for all checks: made by the demo, left up, taken down at the end."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sluice_oracle.home import Home

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "catalog" / "contracts"
DEMO_ROWS = int(os.environ.get("SLUICE_TEST_ROWS", "20000"))


def sluice(
    home: Path, *words: str, env: dict[str, str] | None = None, limit: int = 600
) -> subprocess.CompletedProcess[str]:
    """Run the launcher as a user would."""
    return subprocess.run(
        [str(ROOT / "sluice"), *words, "--home", str(home)],
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
    )


def must(result: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """Fail with what the command said."""
    assert result.returncode == 0, (
        f"{' '.join(result.args)} ended {result.returncode}\n"
        f"{result.stdout[-4000:]}\n{result.stderr[-4000:]}"
    )
    return result


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with the demo's data and its services up."""
    folder = tmp_path_factory.mktemp("demo") / "lakehouse"
    events = folder / "logs" / "events"
    events.mkdir(parents=True)
    options = "-Dspark.eventLog.enabled=true -Dspark.eventLog.compress=false"
    env = {"SLUICE_JAVA_OPTS": f"{options} -Dspark.eventLog.dir=file:{events}"}
    try:
        must(sluice(folder, "demo", "--rows", str(DEMO_ROWS), "--seed", "7", "--keep", env=env))
        yield Home(folder)
    finally:
        sluice(folder, "down")
