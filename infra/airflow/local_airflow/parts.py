"""Airflow's processes: started, watched, started again when they die, stopped by their ids."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

AIRFLOW = Path(sys.executable).parent / "airflow"
NAMES = ("api-server", "scheduler", "dag-processor")

_STOP_SECONDS = 40.0
_DEATH_SIGNAL = 1


@dataclass
class Part:
    """One process of Airflow and how often it was started."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    next_start: float = 0.0


@dataclass
class Parts:
    """All processes of one Airflow. Each logs to a file of its own."""

    environment: Mapping[str, str]
    logs: Path
    say: Callable[[str], None]
    parts: list[Part] = field(default_factory=list)

    def migrate(self) -> None:
        """Make or upgrade Airflow's own database."""
        with (self.logs / "migrate.log").open("ab") as log:
            done = subprocess.run(
                [str(AIRFLOW), "db", "migrate"], env=self.environment, stdout=log, stderr=log
            )
        if done.returncode != 0:
            raise RuntimeError(f"Airflow's database could not be made; see {log.name}")

    def start(self) -> None:
        """Start all parts."""
        self.parts = [Part(name) for name in NAMES]
        for part in self.parts:
            self._start(part)

    def look(self) -> None:
        """Start again what has died, each time a little later."""
        for part in self.parts:
            process = part.process
            if process is not None and _has_ended(process):
                _clear_group(process)
                wait = min(60.0, 2.0**part.starts)
                self.say(f"{part.name} ended {process.wait()}; starts again in {wait:.0f} s")
                part.process, part.next_start = None, time.monotonic() + wait
            if part.process is None and time.monotonic() >= part.next_start:
                self._start(part)

    def stop(self) -> None:
        """End all parts, their tasks and the tasks' jobs: ask, wait, then kill what is left."""
        tops = [part.process for part in self.parts if part.process is not None]
        tree = _tree([process.pid for process in tops])
        for each in tree:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGTERM)
        _, alive = psutil.wait_procs(tree, timeout=_STOP_SECONDS)
        for each in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(alive, timeout=5)
        self.parts = []

    def _start(self, part: Part) -> None:
        with (self.logs / f"{part.name}.log").open("ab") as log:
            part.process = subprocess.Popen(
                [str(AIRFLOW), part.name],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_this_process,
            )
        part.starts += 1


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has; its id stays taken, because nobody has asked for its exit code yet."""
    options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, process.pid, options) is not None


def _clear_group(process: subprocess.Popen[bytes]) -> None:
    """End what a dead part has left, as systemd does; tasks notice that and end their jobs."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _tree(tops: list[int]) -> list[psutil.Process]:
    """These processes and all below them. A handle knows its process' age, so no id is reused."""
    found: list[psutil.Process] = []
    for pid in tops:
        with contextlib.suppress(psutil.NoSuchProcess):
            top = psutil.Process(pid)
            found += [top, *top.children(recursive=True)]
    return found


def _end_with_this_process() -> None:
    """Ask Linux to end the new process when this one is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)
