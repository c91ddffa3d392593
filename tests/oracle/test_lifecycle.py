"""Tables that were maintained, dropped and rebuilt, read by PyIceberg and DuckDB."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from pyiceberg.catalog.sql import SqlCatalog

from conftest import CONTRACTS
from sluice_oracle.__main__ import faults
from sluice_oracle.contracts import read
from sluice_oracle.home import Home, rows_of
from sluice_oracle.products import multiset
from verbs import Verbs

CONTRACT = read(CONTRACTS / "flights.odcs.yaml")
UNUSED = next(p for p in CONTRACT.products if p.name == "route_traffic_by_month_hour")
TABLE = f"airports_refined.{UNUSED.name}"
KEPT = ["airports_stage.flights", "airports_refined.delay_by_origin_carrier_month"]
LATER = (datetime.now(UTC) + timedelta(days=91)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def verbs(lake: Home) -> Iterator[Verbs]:
    with Verbs(lake.folder) as verbs:
        yield verbs


def by_pyiceberg(catalog: SqlCatalog, table: str) -> Counter:
    rows = rows_of(catalog, table)
    assert rows is not None, f"there is no {table}"
    return multiset(rows, [c for c in rows.column_names if c != "_edition"])


def by_duckdb(catalog: SqlCatalog, table: str) -> Counter:
    """The files of the table's main, read by DuckDB's own Parquet reader."""
    files = [task.file.file_path for task in catalog.load_table(table).scan().plan_files()]
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    paths = [file.removeprefix("file:") for file in files]
    rows = database.execute(
        "SELECT * EXCLUDE (_edition)"
        " FROM read_parquet(?, union_by_name = true, hive_partitioning = false)",
        [paths],
    ).to_arrow_table()
    return multiset(rows, rows.column_names)


def test_tables_are_the_same_after_maintain_drop_and_rebuild(lake: Home, verbs: Verbs) -> None:
    catalog = lake.catalog()
    before = {table: by_pyiceberg(catalog, table) for table in [TABLE, *KEPT]}
    assert before[TABLE].total() > 100

    verbs.run("maintain", "flights").well()

    for table, rows in before.items():
        assert by_pyiceberg(catalog, table) == rows, table
        assert by_duckdb(catalog, table) == rows, table

    planned = verbs.run("lifecycle", "flights", "--dry-run", "--as-of", LATER).well()
    assert f"drop it with a recipe: {before[TABLE].total():,} rows" in planned.output
    assert by_pyiceberg(catalog, TABLE) == before[TABLE]
    verbs.run("lifecycle", "flights", "--as-of", LATER).well()

    assert rows_of(catalog, TABLE) is None
    for table in KEPT:
        assert by_pyiceberg(catalog, table) == before[table], table
        assert by_duckdb(catalog, table) == before[table], table
    asked = verbs.run("query", f"SELECT count(*) FROM {TABLE}").with_code(64)
    assert f"{TABLE} was dropped at" in asked.output
    assert f"sluice rebuild {UNUSED.name}" in asked.output

    verbs.run("rebuild", UNUSED.name).well()

    assert by_pyiceberg(catalog, TABLE) == before[TABLE]
    assert by_duckdb(catalog, TABLE) == before[TABLE]
    verbs.run("export", "flights").well()
    assert faults(lake, CONTRACTS, ["flights"]) == []


def test_canaries_come_through_and_are_no_events(lake: Home, verbs: Verbs) -> None:
    raw, stage = (f"airports_{zone}.flights" for zone in ("raw", "stage"))
    catalog = lake.catalog()
    before = {table: rows_of(catalog, table).num_rows for table in (raw, stage)}

    verbs.run("canary", "flights").well()
    waiting = verbs.run("status", "flights").well().output
    verbs.run("land", "flights").well()
    promoted = verbs.run("promote", "flights").well().output

    assert "never" in waiting
    landed = rows_of(catalog, raw).num_rows - before[raw]
    assert landed > 0
    assert f"{landed} taken = 0 published + {landed} suppressed" in promoted
    assert rows_of(catalog, stage).num_rows == before[stage]
    assert "never" not in verbs.run("status", "flights").well().output
    assert faults(lake, CONTRACTS, ["flights"]) == []
