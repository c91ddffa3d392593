"""What the demo leaves behind, judged from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyiceberg.catalog.sql import SqlCatalog

import sluice_oracle.fates
import sluice_oracle.products
from conftest import CONTRACTS, must, sluice
from sluice_oracle.__main__ import faults
from sluice_oracle.contracts import read_all
from sluice_oracle.home import Home, rows_of
from sluice_oracle.scan import personal_fields, personal_values, scan


def test_kafka_raw_stage_refined_and_bigquery_agree(lake: Home) -> None:
    assert faults(lake, CONTRACTS, []) == []


def _first_twice(rows: pa.Table) -> pa.Table:
    return pa.concat_tables([rows, rows.slice(0, 1)])


def _first_gone(rows: pa.Table) -> pa.Table:
    return rows.slice(1)


def _first_with_other_bytes(rows: pa.Table) -> pa.Table:
    values = rows.column("value").to_pylist()
    values[0] = b"other bytes"
    place = rows.schema.get_field_index("value")
    return rows.set_column(place, rows.field(place), pa.array(values, rows.field(place).type))


RAW, QUARANTINE, STAGE = (
    f"city_{zone}.video_detections" for zone in ("raw", "quarantine", "stage")
)
PRODUCT = "city_refined.detections_by_location_hour"
DAMAGES = {
    "a raw row is gone": (RAW, _first_gone, "1 messages are not in raw"),
    "a raw row stands twice": (RAW, _first_twice, "is in raw twice"),
    "a raw row has other bytes": (RAW, _first_with_other_bytes, "bytes of 1 messages changed"),
    "a stage row is gone": (STAGE, _first_gone, "1 raw rows without a fate"),
    "a stage row stands twice": (STAGE, _first_twice, "1 places in stage more than once"),
    "a verdict stands twice": (QUARANTINE, _first_twice, "1 places with two verdicts of one"),
    "a quarantined row is gone": (QUARANTINE, _first_gone, "1 raw rows without a fate"),
    "a refined row is gone": (PRODUCT, _first_gone, "hour: 1 rows missing and 0 too many"),
    "a refined row stands twice": (PRODUCT, _first_twice, "hour: 0 rows missing and 1 too many"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_oracle_sees_each_damage(
    lake: Home, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    damaged, change, expected = DAMAGES[damage]

    def rows_with_damage(catalog: SqlCatalog, table: str) -> pa.Table | None:
        rows = rows_of(catalog, table)
        return change(rows) if table == damaged else rows

    monkeypatch.setattr(sluice_oracle.fates, "rows_of", rows_with_damage)
    monkeypatch.setattr(sluice_oracle.products, "rows_of", rows_with_damage)

    found = faults(lake, CONTRACTS, ["video-detections"])

    assert any(expected in fault for fault in found), found


def test_the_oracle_sees_a_row_too_many_in_bigquery(
    lake: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_back = sluice_oracle.products.allowed_to_leave
    monkeypatch.setattr(
        sluice_oracle.products,
        "allowed_to_leave",
        lambda rows, product: _first_gone(held_back(rows, product)),
    )

    found = faults(lake, CONTRACTS, ["video-detections"])

    assert found
    assert all(f.startswith("BigQuery") and "0 rows missing and 1 too many" in f for f in found)


def test_report_balances_and_counts_what_pyiceberg_counts(lake: Home) -> None:
    report = lake.report()

    for step in report["steps"]:
        out = step["published"] + step["quarantined"] + step["duplicates"] + step["suppressed"]
        assert step["taken"] == out, step
    catalog = lake.catalog()
    for table, rows in report["tables"].items():
        assert rows_of(catalog, table).num_rows == rows, table
    client = lake.bigquery()
    assert report["exported"], "the demo exported nothing"
    for table, figures in report["exported"].items():
        counted = client.get_table(f"{client.project}.{table}")
        assert sum(1 for _ in client.list_rows(counted)) == figures["rows"], table


def test_second_run_finds_nothing_and_changes_nothing(lake: Home) -> None:
    def state() -> dict[str, tuple[str, int]]:
        catalog = lake.catalog()
        return {
            ".".join(name): (
                catalog.load_table(name).properties.get("sluice.head"),
                catalog.load_table(name).metadata.current_snapshot_id,
            )
            for namespace in catalog.list_namespaces()
            for name in catalog.list_tables(namespace)
        }

    before = state()

    result = must(sluice(lake.folder, "run"))

    assert "nothing to do" in result.stdout.lower()
    assert state() == before


def test_a_fresh_demo_keeps_what_its_contracts_promise(lake: Home) -> None:
    told = must(sluice(lake.folder, "status")).stdout

    assert "completeness is not judged yet" in told or " events on " in told
    assert "No gate is blocked." in told


@pytest.mark.parametrize(
    "contract",
    [c for c in read_all(CONTRACTS) if personal_fields(CONTRACTS / f"{c.id}.odcs.yaml")],
    ids=lambda c: c.id,
)
def test_no_clear_personal_value_outside_raw_and_quarantine(lake: Home, contract) -> None:  # noqa: ANN001
    values = personal_values(lake, CONTRACTS / f"{contract.id}.odcs.yaml")
    assert len(values) > 20, "too few personal values to make the search mean anything"

    result = scan(lake, values)

    assert result.hits == []
    assert result.decoded > 20
    assert any(p.is_file() for p in (lake.folder / "logs" / "events").rglob("*"))


def test_the_search_finds_a_planted_value(lake: Home, tmp_path: Path) -> None:
    planted = tmp_path / "warehouse" / "city_stage"
    planted.mkdir(parents=True)
    raw = lake.catalog().load_table("city_raw.video_detections")
    source = raw.inspect.files()["file_path"][0].as_py().removeprefix("file:")
    shutil.copy(source, planted / "leak.parquet")
    values = personal_values(lake, CONTRACTS / "video-detections.odcs.yaml")

    result = scan(Home(tmp_path), values)

    assert len(result.hits) == 1


@pytest.mark.parametrize("contract", read_all(CONTRACTS), ids=lambda c: c.id)
def test_datacontract_cli_passes_on_the_tables(lake: Home, contract) -> None:  # noqa: ANN001
    postgres = lake.services()["postgres"]
    password = Path(postgres["passwordRef"].split(":", 1)[1]).read_text().strip()
    address = postgres["url"].removeprefix("jdbc:postgresql://")
    command = Path(sys.executable).parent / "datacontract"
    result = subprocess.run(
        [str(command), "test", "--server", "lake", str(CONTRACTS / f"{contract.id}.odcs.yaml")],
        env={
            **os.environ,
            "TENANT": contract.tenants[0],
            "LAKE_CATALOG_URL": f"postgresql+psycopg2://{postgres['user']}:{password}@{address}",
            "LAKE_WAREHOUSE": f"file://{lake.folder / 'warehouse'}",
            "BIGQUERY_PROJECT": lake.services()["bigquery"]["project"],
            "KAFKA_BOOTSTRAP": lake.bootstrap(),
            "DATACONTRACT_ICEBERG_CATALOG_TYPE": "sql",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
