"""The task that does a stretch of event time of a data set again."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import Context, Param
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from .job import SluiceJob

MODES = ("fill-gaps", "changed", "force")
ZONES = ("stage", "refined", "export")

_TIME = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?"


def params() -> dict[str, Param]:
    """What a person fills in on Airflow's page, or gives as conf."""
    time = {"type": ["null", "string"], "pattern": f"^{_TIME}$"}
    return {
        "from": Param(
            None, **time, description="First moment: 2013-01-01 or 2013-01-01T06:00:00Z (UTC)."
        ),
        "to": Param(None, **time, description="First moment that is left out, in the same forms."),
        "mode": Param("fill-gaps", enum=list(MODES), description="What of it is done again."),
        "zones": Param(
            list(ZONES), type="array", items={"enum": list(ZONES)}, description="Where it is done."
        ),
        "newest_first": Param(False, type="boolean", description="The newest partition first."),
    }


class StretchMissing(ValueError):
    """A run does not say what is to be done again; says what it would take."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of event time, its end left out, as words of the command line."""

    begin: str
    end: str

    @staticmethod
    def of(given: Mapping[str, Any], run_type: str, interval: tuple[Any, Any]) -> Stretch:
        """What was filled in; else the interval of a run that `airflow backfill create` made.

        A run by hand has an interval too, which nobody has asked for, so it is never taken.
        """
        begin, end = given.get("from"), given.get("to")
        if begin or end:
            if not (begin and end):
                raise StretchMissing("Expected both 'from' and 'to'; got only one of them")
            for text in (begin, end):
                if not re.fullmatch(_TIME, str(text)):
                    raise StretchMissing(f"Expected a day or an instant in UTC; got '{text}'")
            return Stretch(str(begin), str(end))
        if run_type != "backfill":
            raise StretchMissing("Expected 'from' and 'to': fill them in when triggering the DAG")
        begin, end = interval
        if begin is None or end is None or begin >= end:
            raise StretchMissing(f"Expected an interval of one day; got {begin} to {end}")
        return Stretch(_instant(begin), _instant(end))


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class SluiceBackfill(SluiceJob):
    """Runs `sluice backfill` for what its run asks; the DAG's own schedule asks for nothing.

    The schedule is there because `airflow backfill create` makes a run for each of its days.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(verb="backfill", **kwargs)

    def execute(self, context: Context) -> None:
        """Run the job; raises what Airflow understands as retry, failure or skip."""
        run_type = str(getattr(context["dag_run"].run_type, "value", context["dag_run"].run_type))
        given = dict(context["params"])
        if run_type == "scheduled":
            raise AirflowSkipException("nobody asked for a backfill; see the DAG's text")
        interval = (context.get("data_interval_start"), context.get("data_interval_end"))
        try:
            stretch = Stretch.of(given, run_type, interval)
        except StretchMissing as fault:
            raise AirflowFailException(str(fault)) from fault
        self.work(
            [*self.words(), *_words(stretch, given), f"--end-with-parent={os.getpid()}"], context
        )


def _words(stretch: Stretch, given: Mapping[str, Any]) -> list[str]:
    mode, zones = given.get("mode", MODES[0]), given.get("zones", ZONES)
    if mode not in MODES or not zones or not set(zones) <= set(ZONES):
        raise AirflowFailException(f"Expected a mode of {MODES} and zones of {ZONES}")
    return [
        *("--from", stretch.begin, "--to", stretch.end),
        *("--mode", str(mode), "--zones", ",".join(zones)),
        *(["--newest-first"] if given.get("newest_first") else []),
    ]


HOW = """#### How to ask for it

On this page: *Trigger*, and fill in `from` and `to` (UTC; `to` is left out). One job does it all.

A job a day instead, seen one by one: `airflow backfill create --dag-id {dag} --from-date 2013-01-01
--to-date 2013-01-31 --dag-run-conf '{{"mode": "force"}}'`. There both ends count: this is the whole
of January, 31 runs. The DAG must not be paused, and its own daily runs do nothing. Days that had a
run before are left out unless `--reprocess-behavior completed` is added.

Killed or cleared, it goes on where it stopped. Fresh data does not wait for it.
"""
