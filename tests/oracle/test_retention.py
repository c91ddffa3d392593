"""Rows and products whose time is over: what is killed on their way out ends as what is not.

Both tenants got the same readings of ten days, and the same run of `sluice lifecycle`; afterwards
their tables must hold the same rows, and the oracle must know what has expired from what is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyiceberg.catalog.sql import SqlCatalog

import sluice_oracle.fates
import sluice_oracle.products
from conftest import Small
from sluice_oracle.__main__ import faults
from sluice_oracle.home import rows_of
from sluice_oracle.products import multiset
from sluice_oracle.retention import expired, settled
from verbs import Verbs

CONTRACTS = Path(__file__).parent / "lifecycle_contracts"
EVEN, SHAKEN = "even", "shaken"
STAGE, PRODUCT, DROPPED = "stage.tides", "refined.levels_by_day", "refined.levels_by_gauge_day"
TODAY = datetime.now(UTC).date()
DAYS = [TODAY - timedelta(days=back) for back in range(10, 0, -1)]
LATER = f"{TODAY + timedelta(days=40)}T00:00:00Z"
"""By this time stage keeps the last five days, the levels the last seven."""
RAW_LONG, RAW_SHORT = "1000", "30"
LIFECYCLE_POINTS = [
    "product-drop.before",
    "product-drop.after",
    "refined-publish.after",
    "stage-publish.after",
]
REBUILD_POINTS = ["refined-publish.before", "refined-publish.after"]
OF_A_RUN = {"_edition", "_lane"}


class Tides:
    """The data set of both tenants in the small lake."""

    def __init__(self, small: Small) -> None:
        self.home = small.home
        self.contracts = self.home.folder / "tides"
        self._config = self.home.folder / "tides.yaml"
        text = (self.home.folder / "sluice.yaml").read_text().splitlines()
        named = [
            f"contracts: '{self.contracts}'" if x.startswith("contracts:") else x for x in text
        ]
        self._config.write_text("\n".join(named) + "\n")

    def declare(self, version: str, kept: str) -> None:
        """The contract says this from now on."""
        (self.contracts / "sql").mkdir(parents=True, exist_ok=True)
        for path in CONTRACTS.rglob("*.*"):
            text = path.read_text().replace("VERSION", version).replace("KEPT", kept)
            (self.contracts / path.relative_to(CONTRACTS)).write_text(text)

    def words(self, verb: str, *more: str) -> list[str]:
        return [*verb.split(), "tides", *more, "--config", str(self._config)]

    def lifecycle(self, tenant: str) -> list[str]:
        return self.words("lifecycle", "--tenant", tenant, "--as-of", LATER)

    def rebuild(self, tenant: str) -> list[str]:
        product = DROPPED.split(".")[1]
        return ["rebuild", product, "--tenant", tenant, "--config", str(self._config)]

    def send(self, verbs: Verbs, tenant: str, readings: list[bytes]) -> None:
        messages = self.home.folder / f"tides-{tenant}.jsonl"
        messages.write_bytes(b"\n".join(readings) + b"\n")
        one = ("--partitions", "1", "--tenant", tenant)
        verbs.run(*self.words("produce", str(messages), *one)).well()

    def rows(self, tenant: str, table: str) -> Counter | None:
        """The rows of a table without what differs from run to run."""
        rows = rows_of(self.home.catalog(), f"{tenant}_{table}")
        return rows and multiset(rows, [c for c in rows.column_names if c not in OF_A_RUN])

    def landed(self, tenant: str) -> int:
        """How many rows raw has."""
        return rows_of(self.home.catalog(), f"{tenant}_raw.tides").num_rows

    def exported(self, tenant: str) -> list[tuple]:
        rows = self.home.bigquery().query(f"SELECT * FROM {tenant}_refined.levels_by_day").result()
        return sorted(tuple(row.values()) for row in rows)

    def settled(self, tenant: str) -> frozenset[str]:
        return settled(self.home.catalog(), f"{tenant}_{PRODUCT}")

    def expired(self, tenant: str, table: str) -> int:
        return expired(self.home.catalog(), f"{tenant}_{table}").rows


def reading(number: int, day: int, level: int) -> bytes:
    """A reading at a time of its own."""
    at = datetime.combine(DAYS[day], datetime.min.time(), UTC) + timedelta(minutes=number)
    gauge = ("north", "south")[number % 2]
    told = {"reading": number, "gauge": gauge, "level": level, "at": at.isoformat()}
    return json.dumps(told).encode()


def readings() -> list[bytes]:
    """Six a day; one is too high for the contract, two are sent again."""
    all_days = [
        reading(6 * day + i, day, 150 if (day, i) == (1, 5) else 10 * i)
        for day in range(len(DAYS))
        for i in range(6)
    ]
    return [*all_days, all_days[0], all_days[-1]]


@pytest.fixture(scope="module")
def verbs(small: Small) -> Iterator[Verbs]:
    with Verbs(small.folder) as verbs:
        yield verbs


@pytest.fixture(scope="module")
def tides(small: Small, verbs: Verbs) -> Tides:
    """Both tenants have all readings, promoted, refined and exported."""
    lake = Tides(small)
    lake.declare("1.0.0", RAW_LONG)
    for tenant in (EVEN, SHAKEN):
        lake.send(verbs, tenant, readings())
    verbs.run(*lake.words("run")).well()
    return lake


def test_a_lifecycle_that_is_killed_ends_as_an_undisturbed_one(tides: Tides, verbs: Verbs) -> None:
    stage, levels = tides.rows(EVEN, STAGE), tides.rows(EVEN, PRODUCT)
    seen = []

    done = verbs.start(*tides.lifecycle(EVEN))
    for point in LIFECYCLE_POINTS:
        Verbs(tides.home.folder).kill_at(point, *tides.lifecycle(SHAKEN))
        rows = [tides.rows(SHAKEN, table) for table in (DROPPED, STAGE, PRODUCT)]
        seen.append((rows[0] is not None, rows[1] == stage, rows[2] == levels))
        settled_days = len(tides.settled(SHAKEN))
        assert settled_days == (5 if "publish" in point else 0), point
    done().well()
    verbs.run(*tides.lifecycle(SHAKEN)).well()

    dropped_stage_levels = [(True, True, True), (False, True, True), (False, True, True)]
    assert seen == [*dropped_stage_levels, (False, False, True)]
    assert tides.rows(SHAKEN, DROPPED) is None
    for table in (STAGE, PRODUCT):
        assert tides.rows(SHAKEN, table) == tides.rows(EVEN, table), table
        assert tides.expired(SHAKEN, table) == tides.expired(EVEN, table) > 0, table
    assert tides.settled(SHAKEN) == tides.settled(EVEN)
    assert tides.rows(EVEN, PRODUCT).total() == 7


def test_a_rebuild_that_is_killed_ends_as_an_undisturbed_one(tides: Tides, verbs: Verbs) -> None:
    planned = verbs.run(*tides.rebuild(EVEN), "--dry-run").well().output
    assert "would differ: rows of even_stage.tides" in planned

    done = verbs.start(*tides.rebuild(EVEN))
    for point in REBUILD_POINTS:
        Verbs(tides.home.folder).kill_at(point, *tides.rebuild(SHAKEN))
        assert (tides.rows(SHAKEN, DROPPED) or Counter()).total() == (
            10 if point.endswith("after") else 0
        )
    done().well()
    verbs.run(*tides.rebuild(SHAKEN)).well()
    verbs.run(*tides.words("run")).well()

    assert tides.rows(SHAKEN, DROPPED) == tides.rows(EVEN, DROPPED)
    assert tides.rows(EVEN, DROPPED).total() == 10
    assert tides.exported(SHAKEN) == tides.exported(EVEN)
    assert [row[0] for row in tides.exported(EVEN)] == DAYS[3:]
    assert faults(tides.home, tides.contracts, ["tides"]) == []


def _without_first(rows: pa.Table) -> pa.Table:
    return rows.slice(1)


def _without(day: date) -> Callable[[pa.Table], pa.Table]:
    return lambda rows: rows.filter(pc.not_equal(rows.column("read_on"), pa.scalar(day)))


DAMAGES: dict[str, tuple[str, Callable[[pa.Table], pa.Table], str]] = {
    "a raw row is gone": ("even_raw.tides", _without_first, "1 messages are not in raw"),
    "a stage row is gone": (f"even_{STAGE}", _without_first, "1 raw rows without a fate"),
    "a verdict is gone": ("even_quarantine.tides", _without_first, "1 raw rows without a fate"),
    "an open day is gone": (f"even_{PRODUCT}", _without(DAYS[9]), "refined levels_by_day: 1 rows"),
    "a settled day is gone": (
        f"even_{PRODUCT}",
        _without(DAYS[4]),
        "BigQuery levels_by_day: 0 rows",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_from_what_has_expired(
    tides: Tides, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    damaged, change, expected = DAMAGES[damage]

    def rows_with_damage(catalog: SqlCatalog, table: str) -> pa.Table | None:
        rows = rows_of(catalog, table)
        return change(rows) if table == damaged else rows

    monkeypatch.setattr(sluice_oracle.fates, "rows_of", rows_with_damage)
    monkeypatch.setattr(sluice_oracle.products, "rows_of", rows_with_damage)

    found = faults(tides.home, tides.contracts, ["tides"])

    assert any(expected in fault for fault in found), found


def test_raw_expires_too_and_late_rows_change_nothing_that_is_settled(
    tides: Tides, verbs: Verbs
) -> None:
    landed = tides.landed(EVEN)
    levels = tides.rows(EVEN, PRODUCT)
    tides.send(verbs, EVEN, [reading(100, 4, 99), reading(101, 9, 99)])
    verbs.run(*tides.words("run", "--tenant", EVEN)).well()

    assert (levels - tides.rows(EVEN, PRODUCT)).total() == 1
    assert faults(tides.home, tides.contracts, ["tides"]) == []

    tides.declare("1.1.0", RAW_SHORT)
    verbs.run(*tides.words("contracts apply")).well()
    verbs.run(*tides.lifecycle(EVEN)).well()
    verbs.run(*tides.rebuild(EVEN)).well()
    tides.send(verbs, EVEN, [reading(102, 9, 98)])
    verbs.run(*tides.words("run", "--tenant", EVEN)).well()

    assert tides.expired(EVEN, "raw.tides") == landed + 2
    assert tides.landed(EVEN) == 1
    assert tides.rows(EVEN, STAGE).total() == 5 * 6 + 2
    assert faults(tides.home, tides.contracts, ["tides"]) == []
