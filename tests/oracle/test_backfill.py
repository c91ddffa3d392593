"""Days done again: undisturbed for one tenant, killed three times for another.

A whole month in `./sluice test --long`, half of one on every change.

Both tenants got the same readings, so afterwards their tables must hold the same rows from the
same places, in the lake and in BigQuery.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from conftest import must, sluice
from sluice_oracle.home import Home, rows_of
from verbs import Verbs

CONTRACTS = Path(__file__).parent / "backfill_contracts"
COUNT = 31 if os.environ.get("SLUICE_TEST_LONG") == "1" else 16
DAYS = [date(2025, 3, 1) + timedelta(days=day) for day in range(COUNT)]
END = DAYS[-1] + timedelta(days=1)
CALM, SHAKEN = "calm", "shaken"
STAGE, PRODUCT = "stage.gauges", "refined.levels_by_day"
WAITS = DAYS[6]
"""A day of which no reading fits the first contract."""
WAITS_LONGER = DAYS[3]
"""A day of which no reading fits the second one either."""
POINTS = ["stage-publish.after@4", "refined-publish.before", "export-swap.before"]
OF_A_RUN = {"_edition", "_lane", "lane", "payload", "decided_at"}
"""Columns that tell of a run or a topic, or hold sealed bytes, and so differ."""


def between(first: date, last: date) -> list[str]:
    """The words for the days from one on and before another."""
    return ["--from", str(first), "--to", str(last)]


class Gauges:
    """A lake of two tenants with the same days."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.contracts = home.folder / "contracts"
        self._config = home.folder / "gauges.yaml"
        text = (home.folder / "sluice.yaml").read_text().splitlines()
        named = [
            f"contracts: '{self.contracts}'" if x.startswith("contracts:") else x for x in text
        ]
        self._config.write_text("\n".join([*named, "limits:", "  backfillRows: 12"]) + "\n")

    def declare(self, version: str, highest: int) -> None:
        """The contract says this from now on."""
        (self.contracts / "sql").mkdir(parents=True, exist_ok=True)
        for path in CONTRACTS.rglob("*.*"):
            text = path.read_text().replace("VERSION", version).replace("HIGHEST", str(highest))
            (self.contracts / path.relative_to(CONTRACTS)).write_text(text)

    def words(self, verb: str, *more: str) -> list[str]:
        return [*verb.split(), "gauges", *more, "--config", str(self._config)]

    def backfill(self, tenant: str, mode: str, days: list[str]) -> list[str]:
        return self.words("backfill", "--tenant", tenant, "--mode", mode, *days)

    def editions(self, tenant: str, table: str) -> dict[date, set[int]]:
        """The editions of a table's rows by day."""
        rows = rows_of(self.home.catalog(), f"{tenant}_{table}")
        by = "read_at" if table == STAGE else "read_on"
        found: dict[date, set[int]] = {}
        for when, edition in zip(rows[by].to_pylist(), rows["_edition"].to_pylist(), strict=True):
            day = when.date() if isinstance(when, datetime) else when
            found.setdefault(day, set()).add(edition)
        return found

    def outcomes(self) -> set[str]:
        """How the steps of the last run ended."""
        return {step["outcome"] for step in self.home.report()["steps"]}

    def exported(self, tenant: str) -> list[tuple]:
        rows = self.home.bigquery().query(f"SELECT * FROM {tenant}_refined.levels_by_day").result()
        return sorted(tuple(row.values()) for row in rows)


def readings() -> list[bytes]:
    """Six a day; those of two days are higher than the first contracts allow."""
    levels = {WAITS: 150, WAITS_LONGER: 250}
    return [
        json.dumps(
            {
                "reading": 100 * number + i,
                "gauge": ("north", "south")[i % 2],
                "level": levels.get(day, 10 * i),
                "at": datetime(day.year, day.month, day.day, 3 * i, tzinfo=UTC).isoformat(),
            }
        ).encode()
        for number, day in enumerate(DAYS)
        for i in range(6)
    ]


@pytest.fixture(scope="module")
def gauges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gauges]:
    """Both tenants have all readings, promoted, refined and exported under the first contract."""
    home = Home(tmp_path_factory.mktemp("gauges") / "lakehouse")
    messages = home.folder / "readings.jsonl"
    try:
        must(sluice(home.folder, "up"))
        messages.write_bytes(b"\n".join(readings()) + b"\n")
        lake = Gauges(home)
        lake.declare("1.0.0", 100)
        with Verbs(home.folder) as verbs:
            for tenant in (CALM, SHAKEN):
                one = ("--partitions", "1", "--tenant", tenant)
                verbs.run(*lake.words("produce", str(messages), *one)).well()
            verbs.run(*lake.words("run")).well()
        yield lake
    finally:
        sluice(home.folder, "down")


@pytest.fixture(scope="module")
def verbs(gauges: Gauges) -> Iterator[Verbs]:
    with Verbs(gauges.home.folder) as verbs:
        yield verbs


def test_days_killed_three_times_end_as_undisturbed_ones(gauges: Gauges, verbs: Verbs) -> None:
    gauges.declare("1.1.0", 200)
    verbs.run(*gauges.words("contracts apply")).well()
    all_days = between(DAYS[0], END)

    done = verbs.start(*gauges.backfill(CALM, "changed", all_days))
    for point in POINTS:
        Verbs(gauges.home.folder).kill_at(point, *gauges.backfill(SHAKEN, "changed", all_days))
    done().well()
    verbs.run(*gauges.backfill(SHAKEN, "changed", all_days)).well()

    for table in (STAGE, "quarantine.gauges", PRODUCT):
        assert differing(gauges, table) == [], table
    assert gauges.exported(CALM) == gauges.exported(SHAKEN)
    assert len(gauges.exported(CALM)) == COUNT - 1
    editions = gauges.editions(CALM, STAGE)
    assert set(editions) == {*DAYS} - {WAITS_LONGER}
    assert all(of_a_day > {1} or min(of_a_day) > 1 for of_a_day in editions.values())


@pytest.mark.parametrize("mode", ["fill-gaps", "changed"])
def test_what_is_done_is_not_done_again(gauges: Gauges, verbs: Verbs, mode: str) -> None:
    before = [gauges.editions(CALM, table) for table in (STAGE, PRODUCT)]

    verbs.run(*gauges.backfill(CALM, mode, between(DAYS[0], END))).well()

    assert gauges.outcomes() == {"NothingToDo"}
    assert [gauges.editions(CALM, table) for table in (STAGE, PRODUCT)] == before


def test_a_gap_is_filled_and_nothing_else_is_touched(gauges: Gauges, verbs: Verbs) -> None:
    gauges.declare("1.2.0", 300)
    verbs.run(*gauges.words("contracts apply")).well()
    before = [gauges.editions(CALM, table) for table in (STAGE, PRODUCT)]

    verbs.run(*gauges.backfill(CALM, "fill-gaps", between(DAYS[0], END))).well()

    after = [gauges.editions(CALM, table) for table in (STAGE, PRODUCT)]
    assert [redone(*pair) for pair in zip(before, after, strict=True)] == [{WAITS_LONGER}] * 2
    assert len(gauges.exported(CALM)) == COUNT


def test_exactly_the_days_of_an_older_contract_are_done_again(gauges: Gauges, verbs: Verbs) -> None:
    for days, wanted in (
        (between(DAYS[10], DAYS[13]), {*DAYS[10:13]}),
        (between(DAYS[8], DAYS[15]), {*DAYS[8:10], *DAYS[13:15]}),
    ):
        before = [gauges.editions(CALM, table) for table in (STAGE, PRODUCT)]
        verbs.run(*gauges.backfill(CALM, "changed", days)).well()
        after = [gauges.editions(CALM, table) for table in (STAGE, PRODUCT)]
        assert [redone(*pair) for pair in zip(before, after, strict=True)] == [wanted] * 2


def redone(before: dict[date, set[int]], after: dict[date, set[int]]) -> set[date]:
    """The days whose rows are of other editions than before."""
    return {day for day in {*before, *after} if before.get(day) != after.get(day)}


def differing(gauges: Gauges, table: str) -> list[tuple]:
    """Rows that one tenant has and the other has not, by values and places."""
    database = duckdb.connect()
    for tenant in (CALM, SHAKEN):
        rows = rows_of(gauges.home.catalog(), f"{tenant}_{table}")
        kept = [name for name in rows.column_names if name not in OF_A_RUN]
        database.register(tenant, rows.select(kept))
    return database.execute(
        f"(SELECT * FROM {CALM} EXCEPT ALL SELECT * FROM {SHAKEN}) UNION ALL"
        f" (SELECT * FROM {SHAKEN} EXCEPT ALL SELECT * FROM {CALM})"
    ).fetchall()
