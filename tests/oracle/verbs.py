"""Verbs of Sluice one after another in one JVM, which can be killed at a named point."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
TEST_CLASSES = ROOT / "tests" / "target" / "test-classes"
POLL_SECONDS = 0.02
LONGEST = 1_200
"""Seconds after which something hangs: tests side by side on a slow machine take up to 350."""
JVM = os.environ.get("SLUICE_TEST_JVM", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m")
"""For JVMs that soon end, as the launcher has it."""
INTERPRETED = "-Dspark.sql.codegen.wholeStage=false -Dspark.sql.codegen.factoryMode=NO_CODEGEN"
"""Spark interprets its plans. A process that is killed after one run spends a third of its CPU time
on generating and compiling code; the demo and the cluster run what is generated."""


@dataclass(frozen=True)
class Ended:
    """How a verb ended."""

    words: tuple[str, ...]
    code: int
    output: str

    def well(self) -> Ended:
        """Itself when the exit code is 0; else fails with what the verb said."""
        return self.with_code(0)

    def with_code(self, code: int) -> Ended:
        """Itself when the exit code is this one; else fails with what the verb said."""
        assert self.code == code, f"{self.words} ended {self.code}:\n{self.output[-6000:]}"
        return self


def launch(home: Path, output: Path, *words: str, options: str = "") -> subprocess.Popen[bytes]:
    """One verb by the launcher in a process group of its own, as a shell starts it."""
    with output.open("wb") as out:
        return subprocess.Popen(
            [str(ROOT / "sluice"), *words, "--home", str(home)],
            env={
                **os.environ,
                "SLUICE_EXTRA_CLASSPATH": str(TEST_CLASSES),
                "SLUICE_JAVA_OPTS": f"{JVM} {options}",
                "SLUICE_HEAP": "1g",
            },
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def until(
    done: Callable[[], bool],
    process: subprocess.Popen[bytes],
    output: Path,
    pause: float = POLL_SECONDS,
) -> None:
    """Wait for a condition while a process works towards it."""
    end = time.monotonic() + LONGEST
    while not done():
        code = process.poll()
        said = output.read_text(errors="replace")[-6000:]
        assert code is None, f"the process ended {code} before:\n{said}"
        assert time.monotonic() < end, f"not within {LONGEST} s:\n{said}"
        time.sleep(pause)


class Verbs:
    """One process of the launcher that takes verbs from here until it is closed or killed.

    Spark interprets its plans there, unless the options say otherwise.
    """

    def __init__(self, home: Path, heap: str = "1g", options: str = "") -> None:
        self._home = home
        self._folder = home / "logs" / f"verbs-{time.time_ns()}"
        self._folder.mkdir(parents=True)
        self._number = 0
        self._console = self._folder / "console"
        log = f"-Dsluice.log={home}/logs/sluice.log"
        with self._console.open("w") as console:
            self._process = subprocess.Popen(
                [str(ROOT / "sluice"), "verbs"],
                env={
                    **os.environ,
                    "SLUICE_MAIN": "dev.sluice.tests.faults.ManyVerbs",
                    "SLUICE_EXTRA_CLASSPATH": str(TEST_CLASSES),
                    "SLUICE_HEAP": heap,
                    "SLUICE_JAVA_OPTS": f"{JVM} {INTERPRETED} {log} {options}",
                },
                stdin=subprocess.PIPE,
                stdout=console,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def __enter__(self) -> Verbs:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; no verb may be running."""
        if self._process.poll() is None:
            self._process.stdin.close()
            try:
                self._process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def run(self, *words: str, limit: float = LONGEST) -> Ended:
        """Run one verb to its end."""
        return self.start(*words)(limit)

    def start(self, *words: str, pause_at: str = "", reached: str = "") -> Callable[..., Ended]:
        """Order one verb; what is returned waits for its end."""
        self._number += 1
        output = self._folder / f"{self._number}.out"
        ended = self._folder / f"{self._number}.ended"
        order = {
            "arguments": [*words, "--home", str(self._home)],
            "output": str(output),
            "ended": str(ended),
            "pauseAt": pause_at,
            "reached": reached,
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

        def wait(limit: float = LONGEST) -> Ended:
            self._until(ended.exists, words, output, limit)
            return Ended(words, int(ended.read_text()), output.read_text())

        return wait

    def kill_at(self, point: str, *words: str, limit: float = LONGEST) -> None:
        """Run one verb up to a crash point and kill the process there with SIGKILL."""
        reached = self._folder / f"reached-{point}"
        self.start(*words, pause_at=point, reached=str(reached))
        output = self._folder / f"{self._number}.out"
        ended = self._folder / f"{self._number}.ended"
        self._until(lambda: reached.exists() or ended.exists(), words, output, limit)
        assert reached.exists() and not ended.exists(), (
            f"{words} ended {ended.read_text()} and never came to {point}:\n"
            + output.read_text()[-6000:]
        )
        os.killpg(self._process.pid, signal.SIGKILL)
        assert self._process.wait() == -signal.SIGKILL

    def _until(
        self, done: Callable[[], bool], words: tuple[str, ...], output: Path, limit: float
    ) -> None:
        end = time.monotonic() + limit
        while not done():
            code = self._process.poll()
            assert code is None, (
                f"the process ended {code} in {words}:\n{self._console.read_text()[-6000:]}"
            )
            assert time.monotonic() < end, (
                f"{words} took more than {limit} s:\n{output.read_text()[-6000:]}"
            )
            time.sleep(POLL_SECONDS)
