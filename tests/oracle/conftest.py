"""Two lakes for all checks: the demo's, and a small one to which tests send what they need."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sluice_oracle.home import Home
from verbs import JVM, LONGEST, ROOT, Verbs

CONTRACTS = ROOT / "catalog" / "contracts"
DEMO_ROWS = int(os.environ.get("SLUICE_TEST_ROWS", "20000"))
DETECTIONS = "video-detections"
SUPPLY = 20_000


def sluice(
    home: Path, *words: str, env: dict[str, str] | None = None, limit: int = LONGEST
) -> subprocess.CompletedProcess[str]:
    """Run the launcher as a user would."""
    return subprocess.run(
        [str(ROOT / "sluice"), *words, "--home", str(home)],
        env={**os.environ, "SLUICE_JAVA_OPTS": JVM, **(env or {})},
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
    env = {"SLUICE_JAVA_OPTS": f"{JVM} {options} -Dspark.eventLog.dir=file:{events}"}
    try:
        must(sluice(folder, "demo", "--rows", str(DEMO_ROWS), "--seed", "7", "--keep", env=env))
        yield Home(folder)
    finally:
        sluice(folder, "down")


class Small:
    """A home without data, its services up, and synthetic detections to send as tests like."""

    def __init__(self, home: Home, messages: list[bytes]) -> None:
        self.home = home
        self.folder = home.folder
        self._messages = messages

    def take(self, count: int) -> list[bytes]:
        """The next messages; nobody else gets the same."""
        taken, self._messages = self._messages[:count], self._messages[count:]
        assert len(taken) == count, "raise SUPPLY"
        return taken


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """One small lake for all tests that send, kill and complete; it starts empty."""
    home = Home(tmp_path_factory.mktemp("small") / "lakehouse")
    messages = home.folder / "messages.jsonl"
    try:
        must(sluice(home.folder, "up"))
        with Verbs(home.folder) as verbs:
            places = CONTRACTS / "samples" / "locations.csv"
            verbs.run("reference", "load", "locations", str(places)).well()
            make = ["generate", DETECTIONS, "--rows", str(SUPPLY), "--seed", "100"]
            verbs.run(*make, "--out", str(messages)).well()
        yield Small(home, messages.read_bytes().split(b"\n")[:-1])
    finally:
        sluice(home.folder, "down")
