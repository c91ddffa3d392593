"""kill -9 of task runner, driver and scheduler, each in the middle of a promotion.

A real Airflow, Spark, Kafka and Postgres. The promotion is held at a named point of its commit;
then one process is killed, and the DAGs must become green by themselves, with every message
having one fate, as judged by PyIceberg and DuckDB from outside.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from local_airflow.place import ROOT
from local_airflow.running import Running, airflow

DATA_SET = "flights"
FLOW = [f"airports.{DATA_SET}.{verb}" for verb in ("land", "promote")]
ROWS = 2_000
ORACLE = ROOT / "tests" / "oracle"

JUDGE = """
import sys
from pathlib import Path
from sluice_oracle.contracts import read_all
from sluice_oracle.fates import fate_faults, landing_faults
from sluice_oracle.home import Home
home = Home(Path(sys.argv[1]))
contract = next(each for each in read_all(Path(sys.argv[2])) if each.id == sys.argv[3])
faults = []
for tenant in contract.tenants:
    faults += landing_faults(home, home.catalog(), contract, tenant)
    faults += fate_faults(home.catalog(), contract, tenant)
sys.exit("\\n".join(map(str, faults)) or 0)
"""

HOLDING = """#!/bin/sh
# The next promotion stops at the point named in the file 'hold'; all else goes straight on.
if [ "$1" = promote ] && [ -f {folder}/hold ]; then
  point=$(cat {folder}/hold)
  SLUICE_JAVA_OPTS="-Dsluice.test.pauseAt=$point -Dsluice.test.reached={folder}/reached"
  SLUICE_EXTRA_CLASSPATH={root}/tests/target/test-classes
  export SLUICE_JAVA_OPTS SLUICE_EXTRA_CLASSPATH
  rm {folder}/hold
fi
exec {root}/sluice "$@"
"""


class Scene:
    """A running Airflow whose promotions can be held."""

    def __init__(self, running: Running, folder: Path) -> None:
        self.running = running
        self.folder = folder
        self.seed = 0

    def hold_promotion(self, point: str) -> psutil.Process:
        """Bring news, let them land, and wait until their promotion stands at the point."""
        self.seed += 1
        events = self.folder / f"events-{self.seed}.jsonl"
        lake = self.running.lake
        lake.run(
            *("generate", DATA_SET, "--rows", str(ROWS)),
            *("--seed", str(self.seed), "--out", str(events)),
        )
        lake.run("produce", DATA_SET, str(events))
        (self.folder / "hold").write_text(point)
        self.running.client.unpause(FLOW[0])
        self.running.client.trigger(FLOW[0])
        self.wait((self.folder / "reached").exists, f"a promotion at {point}")
        return self.drivers("promote")[0]

    def drivers(self, verb: str) -> list[psutil.Process]:
        """The Java processes that do this verb for this home."""
        found = []
        for process in psutil.process_iter():
            try:
                words = process.cmdline()
            except psutil.Error:
                continue
            if verb in words and str(self.running.place.home) in words and "java" in words[0]:
                found.append(process)
        return found

    def release(self) -> None:
        (self.folder / "reached").unlink(missing_ok=True)

    def wait(self, done: Callable[[], object], what: str, seconds: float = 240) -> None:
        self.running.wait(lambda: bool(done()), seconds, what)

    def wait_until_all_is_green_and_taken(self) -> None:
        """No run is on its way any more, the last of each DAG went well, and nothing lags."""

        def settled() -> bool:
            states = [[run["state"] for run in self.running.client.runs(dag)] for dag in FLOW]
            return all(each and each[0] == "success" for each in states) and not any(
                state in ("running", "queued") for each in states for state in each
            )

        def taken() -> bool:
            if not settled():
                return False
            lag = self.running.lake.status(DATA_SET)["lag"]
            zones = ("raw", "quarantine", "stage")
            return all(each["lag"] == 0 for each in lag if each["zone"] in zones)

        self.wait(taken, "all DAGs green and nothing left to take", 420)

    def assert_every_message_has_one_fate(self) -> None:
        judge = [str(ORACLE / ".venv" / "bin" / "python"), "-c", JUDGE]
        folders = [str(self.running.place.home), str(ROOT / "catalog" / "contracts")]
        done = subprocess.run(
            [*judge, *folders, DATA_SET], cwd=ORACLE, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    home = Path(tempfile.mkdtemp(prefix="sluice-kills-"))
    folder = Path(tempfile.mkdtemp(prefix="sluice-kills-hold-"))
    launcher = folder / "sluice"
    launcher.write_text(HOLDING.format(folder=folder, root=ROOT))
    launcher.chmod(0o755)
    os.environ["SLUICE_AIRFLOW_COMMAND"] = str(launcher)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.callback(os.environ.pop, "SLUICE_AIRFLOW_COMMAND")
        running = stack.enter_context(airflow(home, 0, lambda line: print(line, flush=True)))
        running.wait(lambda: set(FLOW) <= set(running.client.dags()), 120, "the DAGs")
        running.client.unpause(FLOW[1])
        yield Scene(running, folder)
    shutil.rmtree(home, ignore_errors=True)


def test_killed_task_runner(scene: Scene) -> None:
    """Nobody asks the driver to end; it notices by itself."""
    driver = scene.hold_promotion("quarantine-publish.after")
    runner = driver.parent()
    assert runner is not None
    assert "python" in runner.name().lower() or "airflow" in " ".join(runner.cmdline())

    runner.send_signal(signal.SIGKILL)

    scene.wait(lambda: _is_dead(driver), "the end of the driver", 90)
    scene.release()
    scene.wait_until_all_is_green_and_taken()
    scene.assert_every_message_has_one_fate()


def test_killed_driver(scene: Scene) -> None:
    driver = scene.hold_promotion("stage-publish.before")

    driver.send_signal(signal.SIGKILL)

    scene.release()
    scene.wait_until_all_is_green_and_taken()
    scene.assert_every_message_has_one_fate()


def test_killed_scheduler(scene: Scene) -> None:
    """Its workers go with it and so does the job; another scheduler misses the task and retries."""
    driver = scene.hold_promotion("stage-publish.after")
    scheduler = next(part for part in scene.running.parts.parts if part.name == "scheduler")
    assert scheduler.process is not None
    starts = scheduler.starts

    os.kill(scheduler.process.pid, signal.SIGKILL)

    last = scene.running.client.scheduler_heartbeat()
    scene.wait(
        lambda: (
            scheduler.starts > starts
            and scene.running.client.scheduler_heartbeat() not in ("", last)
        ),
        "another scheduler at work",
    )
    scene.wait(lambda: _is_dead(driver), "the end of the driver", 90)
    scene.release()
    scene.wait_until_all_is_green_and_taken()
    scene.assert_every_message_has_one_fate()


def _is_dead(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
