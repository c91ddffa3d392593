from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from conftest import DAGS

from sluice_airflow.deployment import Deployment
from sluice_airflow.exit_codes import Verdict, meaning
from sluice_airflow.job import JobMustWait, SluiceJob, job_environment
from sluice_airflow.watch import AnnounceLanded, WatchDataSet

JAVA_CODES = (
    DAGS.parent / "pipelines/src/main/java/dev/sluice/pipelines/runner/ExitCode.java"
).read_text()


class Attempt:
    """The part of a task instance that jobs look at."""

    def __init__(self, try_number: int = 1) -> None:
        self.try_number = try_number


def execute(task: SluiceJob, try_number: int = 1) -> None:
    # Without the wrapper that refuses to run a task outside of Airflow's runner.
    type(task).execute.__wrapped__(task, {"ti": Attempt(try_number)})  # type: ignore[attr-defined]


def job(fake_sluice: Path, kind: type[SluiceJob] = SluiceJob, **more: Any) -> SluiceJob:
    settings = Deployment(command=(str(fake_sluice),), arguments=("--home", "/lake"))
    words = {} if kind is not SluiceJob else {"verb": "promote"}
    return kind(
        task_id="a", data_set="flights", tenant="airports", deployment=settings, **words, **more
    )


def report(outcome: str, **lag: int) -> str:
    return json.dumps(
        {
            "steps": [{"step": "promote", "data_set": "flights", "outcome": outcome}],
            "lag": [{"zone": z, "table": f"airports_{z}.x", "lag": n} for z, n in lag.items()],
        }
    )


def test_the_job_is_called_with_names_only_and_knows_its_parent(fake_sluice: Path) -> None:
    execute(job(fake_sluice))

    assert (fake_sluice.parent / "words").read_text().split() == [
        "promote",
        "flights",
        "--tenant",
        "airports",
        "--home",
        "/lake",
        "--json",
        f"--end-with-parent={os.getpid()}",
    ]


def test_airflows_own_settings_do_not_reach_the_job() -> None:
    own = {
        "AIRFLOW__CORE__FERNET_KEY": "k",
        "_AIRFLOW_X": "k",
        "AIRFLOW_CONN_A": "k",
        "PATH": "/bin",
    }

    assert job_environment(own) == {"PATH": "/bin"}


@pytest.mark.parametrize(
    "code, try_number, wanted",
    [
        (64, 1, AirflowFailException),
        (65, 1, AirflowFailException),
        (69, 1, JobMustWait),
        (69, 5, JobMustWait),
        (70, 1, AirflowException),
        (70, 2, AirflowFailException),
        (74, 1, AirflowFailException),
        (75, 1, JobMustWait),
        (75, 7, JobMustWait),
        (78, 1, AirflowFailException),
        (137, 1, JobMustWait),
        (143, 3, JobMustWait),
        (3, 1, AirflowException),
        (3, 2, AirflowFailException),
    ],
)
def test_exit_codes_become_fail_wait_or_fail_fast(
    fake_sluice: Path, code: int, try_number: int, wanted: type[Exception]
) -> None:
    (fake_sluice.parent / "ends").write_text(str(code))

    with pytest.raises(AirflowException, match=f"ended {code}") as fault:
        execute(job(fake_sluice), try_number)

    assert type(fault.value) is wanted
    assert "runbooks/" in str(fault.value)


def test_every_exit_code_of_the_java_side_has_a_meaning_here() -> None:
    import re

    codes = {int(code) for code in re.findall(r"^  [A-Z_]+\(\s*(\d+),", JAVA_CODES, re.MULTILINE)}

    assert codes >= {0, 64, 65, 69, 70, 74, 75, 78}
    for code in codes:
        assert "unknown" not in meaning(code).text, code
        assert (DAGS.parent / "docs" / "runbooks" / meaning(code).page).exists(), code
    assert meaning(0).verdict is Verdict.DONE


def test_what_the_step_said_is_in_the_failure(fake_sluice: Path) -> None:
    (fake_sluice.parent / "ends").write_text("65")
    (fake_sluice.parent / "report").write_text(
        json.dumps(
            {"steps": [dict(step="promote", data_set="flights", outcome="Blocked", message="few")]}
        )
    )

    with pytest.raises(AirflowFailException, match="promote flights: few"):
        execute(job(fake_sluice))


def test_news_are_announced_and_nothing_new_is_not(fake_sluice: Path) -> None:
    said = fake_sluice.parent / "report"

    said.write_text(report("Done", refined=0))
    execute(job(fake_sluice))
    said.write_text(report("NothingToDo", refined=0))
    with pytest.raises(AirflowSkipException):
        execute(job(fake_sluice))


def test_what_a_killed_task_published_is_announced_by_the_next_one(fake_sluice: Path) -> None:
    (fake_sluice.parent / "report").write_text(report("NothingToDo", refined=1))

    execute(job(fake_sluice))


def test_the_first_editions_are_announced_to_products_that_were_never_made(
    fake_sluice: Path,
) -> None:
    values = json.loads(report("NothingToDo"))
    values["editions"] = {"airports_stage.flights": 1}
    values["heads"] = {"airports_refined.delays": {}}
    (fake_sluice.parent / "report").write_text(json.dumps(values))

    execute(job(fake_sluice))


def test_lag_of_another_tenant_wakes_nobody(fake_sluice: Path) -> None:
    values = json.loads(report("NothingToDo", refined=1))
    values["lag"][0]["table"] = "city_refined.x"
    (fake_sluice.parent / "report").write_text(json.dumps(values))

    with pytest.raises(AirflowSkipException):
        execute(job(fake_sluice))


def test_a_watch_fails_while_something_is_late(fake_sluice: Path) -> None:
    watch = job(fake_sluice, WatchDataSet)
    execute(watch)
    (fake_sluice.parent / "ends").write_text("75")

    with pytest.raises(JobMustWait):
        execute(watch)


def test_a_watch_over_a_stream_fails_when_nobody_lands(fake_sluice: Path) -> None:
    watch = job(fake_sluice, WatchDataSet, stream=True)

    (fake_sluice.parent / "report").write_text(json.dumps({"landing_streams": []}))
    with pytest.raises(AirflowException, match="no continuous landing"):
        execute(watch)
    (fake_sluice.parent / "report").write_text(json.dumps({"landing_streams": [{"name": "l"}]}))
    execute(watch)


def test_landed_news_of_a_stream_are_announced_even_while_something_is_late(
    fake_sluice: Path,
) -> None:
    announce = job(fake_sluice, AnnounceLanded)
    (fake_sluice.parent / "ends").write_text("75")

    (fake_sluice.parent / "report").write_text(report("", stage=1))
    execute(announce)
    (fake_sluice.parent / "report").write_text(report("", stage=0))
    with pytest.raises(AirflowSkipException):
        execute(announce)


RUNNER = """
import sys, threading, time
from pathlib import Path
from sluice_airflow.job_process import JobProcess
folder = Path(sys.argv[1])
job = JobProcess([str(folder / "sluice"), "promote"], {"PATH": "/usr/bin:/bin"})
if sys.argv[2] == "stop":
    def stop():
        while not (folder / "holding").exists():
            time.sleep(0.05)
        job.stop()
    threading.Thread(target=stop).start()
print(job.run(lambda line: None).code)
"""


@pytest.fixture
def held(fake_sluice: Path) -> Path:
    (fake_sluice.parent / "hold").touch()
    return fake_sluice.parent


def until(done: Any, what: str) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_stopped_task_ends_its_job(held: Path) -> None:
    runner = [sys.executable, "-c", RUNNER, str(held), "stop"]

    done = subprocess.run(runner, cwd=DAGS, capture_output=True, text=True, timeout=30)

    assert done.stdout.strip() == str(-signal.SIGTERM)


def test_a_task_whose_supervisor_was_killed_ends_its_job(held: Path) -> None:
    supervisor = subprocess.Popen(
        ["sh", "-c", '"$@" & wait', "sh", sys.executable, "-c", RUNNER, str(held), "run"], cwd=DAGS
    )
    until((held / "holding").exists, "the job never started")
    until(lambda: (held / "holding").read_text().strip() != "", "no pid")
    pid = int((held / "holding").read_text())
    assert is_alive(pid)

    supervisor.kill()
    supervisor.wait()

    until(lambda: not is_alive(pid), "the job outlived the supervisor of its task")


def test_retry_delays_grow_and_stay_short_enough_for_a_lease() -> None:
    assert Deployment().retries * timedelta(minutes=15) > timedelta(minutes=30)
