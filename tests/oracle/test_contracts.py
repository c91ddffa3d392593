"""The declared lakehouse judged by a reader that is not ours; needs no services."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from conftest import CONTRACTS, ROOT
from sluice_oracle.contracts import read_all
from sluice_oracle.released import last_released, unannounced

CHANGING = ROOT / "tests/src/test/resources/year-of-changes/meter-readings.odcs.yaml"
FLIGHTS = CONTRACTS / "samples" / "flights.jsonl.gz"


@pytest.mark.parametrize("contract", read_all(CONTRACTS), ids=lambda c: c.id)
def test_datacontract_cli_finds_nothing_wrong_with_the_file(contract) -> None:  # noqa: ANN001
    command = Path(sys.executable).parent / "datacontract"
    result = subprocess.run(
        [str(command), "lint", str(CONTRACTS / f"{contract.id}.odcs.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_sample_of_flights_is_a_whole_month_with_unique_keys() -> None:
    flights = next(c for c in read_all(CONTRACTS) if c.id == "flights")
    keys = ", ".join(flights.key)

    rows, distinct, days = duckdb.sql(
        f"SELECT count(*), count(DISTINCT ({keys})), count(DISTINCT (year, month, day))"
        f" FROM read_json('{FLIGHTS}', format='newline_delimited')"
    ).fetchone()

    assert (rows, distinct, days) == (27_004, 27_004, 31)
    assert FLIGHTS.stat().st_size <= 1_000_000


@pytest.mark.parametrize("contract", read_all(CONTRACTS), ids=lambda c: c.id)
def test_contract_breaks_nobody_who_reads_the_released_text(contract) -> None:  # noqa: ANN001
    released = last_released(CONTRACTS, contract.id)

    assert released is not None, f"copy {contract.id} to released/{contract.id}/<version>"
    assert unannounced(released, CONTRACTS / f"{contract.id}.odcs.yaml") == []


@pytest.mark.parametrize(
    ("before", "after", "version", "faults"),
    [
        ("physicalType: float", "physicalType: double", "1.1.0", 0),
        ("physicalType: float", "physicalType: double", "1.0.0", 1),
        ("physicalType: int, required: true", "physicalType: int", "1.1.0", 0),
        ("{ name: note,", "{ name: remark,", "1.1.0", 1),
        ("{ name: note,", "{ name: remark,", "2.0.0", 0),
        ("{ name: note,", "{ name: remark,", "0.9.0", 1),
        ("physicalType: float", "physicalType: int", "1.1.0", 1),
    ],
)
def test_breaking_changes_need_a_new_major_version(
    tmp_path: Path, before: str, after: str, version: str, faults: int
) -> None:
    released = CHANGING.read_text()
    assert released.count(before) == 1
    changed = tmp_path / CHANGING.name
    changed.write_text(
        released.replace(before, after).replace("version: 1.0.0", f"version: {version}")
    )

    assert len(unannounced(CHANGING, changed)) == faults
