"""Runs verbs of Sluice as a person would."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from .place import ROOT

_SAMPLES = ROOT / "catalog" / "contracts" / "samples"
_SERVICES = "dev.sluice.embedded.EmbeddedServices"


class VerbFailed(RuntimeError):
    """A verb did not end with 0; carries its exit code."""

    def __init__(self, words: list[str], code: int, said: str) -> None:
        super().__init__(f"sluice {' '.join(words)} ended {code}\n{said[-4000:]}")
        self.code = code


class Lake:
    """The lakehouse in a home."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        self.home = home
        self._say = say
        self._started = False

    def open(self) -> None:
        """Start the services, make the tables, load reference data."""
        self._started = not self.is_up()
        self.run("up")
        self.run("contracts", "apply")
        for csv in sorted(_SAMPLES.glob("*.csv")):
            self.run("reference", "load", csv.stem, str(csv))

    def close(self) -> None:
        """Stop the services, unless they ran before: then they are somebody else's to stop."""
        if self._started:
            self.run("down")

    def is_up(self) -> bool:
        """Whether the services run now: their file stays when they are down, without their ids."""
        try:
            known = json.loads((self.home / "services" / "services.json").read_text())
            process = psutil.Process(int(known["pids"]["services"]))
            return _SERVICES in process.cmdline()
        except (FileNotFoundError, KeyError, psutil.Error):
            return False

    def bring(self, data_set: str, rows: int) -> None:
        """Send a little data: the shipped sample, or else generated messages."""
        sample = _SAMPLES / f"{data_set}.jsonl.gz"
        if not sample.exists():
            sample = self.home / "tmp" / f"{data_set}.jsonl"
            sample.parent.mkdir(parents=True, exist_ok=True)
            self.run("generate", data_set, "--rows", str(rows), "--out", str(sample))
        self.run("produce", data_set, str(sample))

    def status(self, data_set: str) -> dict[str, Any]:
        """Where everything stands; raises while something is late or blocked."""
        return dict(json.loads(self.run("status", data_set, "--json")))

    def run(self, *words: str) -> str:
        """Run a verb in this home; returns what it wrote to stdout, raises VerbFailed."""
        self._say(f"sluice {' '.join(words)}")
        done = subprocess.run(
            [str(ROOT / "sluice"), *words, "--home", str(self.home)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise VerbFailed(list(words), done.returncode, done.stdout + done.stderr)
        return done.stdout
