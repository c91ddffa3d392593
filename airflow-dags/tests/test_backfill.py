from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException, ParamValidationError

from sluice_airflow.backfill import SluiceBackfill, Stretch, StretchMissing, params
from sluice_airflow.deployment import Deployment

DAY = (datetime(2013, 1, 1, tzinfo=UTC), datetime(2013, 1, 2, tzinfo=UTC))
FILLED_IN = {"from": "2013-01-01", "to": "2013-02-01"}


@pytest.mark.parametrize(
    "given, run_type, wanted",
    [
        (FILLED_IN, "manual", ("2013-01-01", "2013-02-01")),
        (FILLED_IN, "backfill", ("2013-01-01", "2013-02-01")),
        ({}, "backfill", ("2013-01-01T00:00:00Z", "2013-01-02T00:00:00Z")),
    ],
)
def test_a_run_says_what_is_done_again(
    given: dict[str, str], run_type: str, wanted: tuple[str, str]
) -> None:
    assert Stretch.of(given, run_type, DAY) == Stretch(*wanted)


@pytest.mark.parametrize(
    "given, run_type, interval",
    [
        ({}, "manual", DAY),
        ({}, "backfill", (None, None)),
        ({}, "backfill", (DAY[0], DAY[0])),
        ({"from": "2013-01-01"}, "manual", DAY),
        ({"to": "2013-01-01"}, "backfill", DAY),
        ({"from": "2013-01-01", "to": "--mode=force"}, "manual", DAY),
    ],
)
def test_a_run_that_does_not_say_it_is_refused(
    given: dict[str, str], run_type: str, interval: tuple[Any, Any]
) -> None:
    with pytest.raises(StretchMissing, match="Expected"):
        Stretch.of(given, run_type, interval)


def test_days_that_follow_each_other_neither_overlap_nor_leave_a_gap() -> None:
    days = [datetime(2013, 1, day, tzinfo=UTC) for day in range(1, 32)]
    days.append(datetime(2013, 2, 1, tzinfo=UTC))

    runs = [Stretch.of({}, "backfill", pair) for pair in pairwise(days)]

    assert len(runs) == 31
    assert all(one.end == other.begin for one, other in pairwise(runs))
    assert (runs[0].begin, runs[-1].end) == ("2013-01-01T00:00:00Z", "2013-02-01T00:00:00Z")


def test_the_job_has_the_words_of_the_command_line(fake_sluice: Path) -> None:
    execute(fake_sluice, "backfill", mode="changed", zones=["stage", "refined"], newest_first=True)

    assert (fake_sluice.parent / "words").read_text().split() == [
        *("backfill", "flights", "--tenant", "airports", "--home", "/lake", "--json"),
        *("--from", "2013-01-01T00:00:00Z", "--to", "2013-01-02T00:00:00Z"),
        *("--mode", "changed", "--zones", "stage,refined", "--newest-first"),
        f"--end-with-parent={os.getpid()}",
    ]


def test_the_dags_own_schedule_asks_for_nothing(fake_sluice: Path) -> None:
    with pytest.raises(AirflowSkipException):
        execute(fake_sluice, "scheduled")

    assert not (fake_sluice.parent / "words").exists()


def test_a_run_by_hand_without_a_stretch_fails_at_once(fake_sluice: Path) -> None:
    with pytest.raises(AirflowFailException, match="fill them in"):
        execute(fake_sluice, "manual")


def test_the_page_refuses_what_is_no_time() -> None:
    for name in ("from", "to"):
        param = params()[name]
        assert param.resolve("2013-01-01T06:00:00Z") == "2013-01-01T06:00:00Z"
        for wrong in ("yesterday", "2013-01-01 06:00", 2013):
            with pytest.raises(ParamValidationError):
                param.resolve(wrong)


def execute(fake_sluice: Path, run_type: str, **given: Any) -> None:
    settings = Deployment(command=(str(fake_sluice),), arguments=("--home", "/lake"))
    task = SluiceBackfill(task_id="a", data_set="flights", tenant="airports", deployment=settings)
    context = {
        "ti": SimpleNamespace(try_number=1),
        "dag_run": SimpleNamespace(run_type=run_type),
        "params": given,
        "data_interval_start": DAY[0],
        "data_interval_end": DAY[1],
    }
    type(task).execute.__wrapped__(task, context)  # type: ignore[attr-defined]
