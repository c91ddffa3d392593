"""Runs one job as a process of its own and hears it out. Imports nothing of Airflow."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

_GRACE_SECONDS = 60.0
_MOST_OUTPUT = 32 * 1024 * 1024


@dataclass(frozen=True)
class Ended:
    """How the process ended.

    code: its exit code; negative, as in `subprocess`, when a signal ended it.
    output: what it wrote to stdout, cut after 32 MiB.
    """

    code: int
    output: str


class Orphaned(RuntimeError):
    """The process that watches over this one is gone, so nobody waits for the job's result."""


class JobProcess:
    """A job, started in the process group of its task.

    Airflow's supervisor signals that group, so a killed task takes its job along. When this
    process is itself killed without a chance to act, the job notices by `--end-with-parent`.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self._words = list(words)
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._kill_at: float | None = None

    def run(self, hear: Callable[[str], None]) -> Ended:
        """Run to the end; `hear` gets each line of stderr as it comes.

        Whatever ends this call early (a time limit, a lost supervisor) ends the process too.
        """
        supervisor = os.getppid()
        self._process = subprocess.Popen(
            self._words,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            return self._hear_out(self._process, supervisor, hear)
        finally:
            self._end(self._process)

    def stop(self) -> None:
        """Ask the process to end; it is killed if it has not after a minute. Returns at once."""
        process = self._process
        if process is not None and process.poll() is None:
            self._kill_at = self._kill_at or time.monotonic() + _GRACE_SECONDS
            process.send_signal(signal.SIGTERM)

    def _hear_out(
        self, process: subprocess.Popen[bytes], supervisor: int, hear: Callable[[str], None]
    ) -> Ended:
        assert process.stdout is not None
        assert process.stderr is not None
        output = bytearray()
        line = bytearray()
        with selectors.DefaultSelector() as selector:
            for stream in (process.stdout, process.stderr):
                os.set_blocking(stream.fileno(), False)
                selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                self._look_around(process, supervisor)
                for key, _ in selector.select(timeout=1.0):
                    stream = key.fileobj
                    assert not isinstance(stream, int)
                    chunk = _read(stream)
                    if not chunk:
                        selector.unregister(stream)
                    elif stream is process.stdout:
                        output += chunk[: max(0, _MOST_OUTPUT - len(output))]
                    else:
                        line += chunk
                        *whole, rest = line.split(b"\n")
                        line = bytearray(rest)
                        for each in whole:
                            hear(each.decode("utf-8", "replace").rstrip())
        if line:
            hear(line.decode("utf-8", "replace").rstrip())
        return Ended(process.wait(), output.decode("utf-8", "replace"))

    def _look_around(self, process: subprocess.Popen[bytes], supervisor: int) -> None:
        if os.getppid() != supervisor:
            raise Orphaned("the task's supervisor is gone; the job is ended, a retry goes on")
        if self._kill_at is not None and time.monotonic() > self._kill_at:
            process.kill()

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _read(stream: IO[bytes] | object) -> bytes:
    return os.read(stream.fileno(), 65536)  # type: ignore[union-attr]
